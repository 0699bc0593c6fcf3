using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Launching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Building;

/// <summary>The tables of a core and a clock, for tests of single features: what waits is put by hand, so no deployment is needed.</summary>
internal sealed class Scene
{
    private int _instances;

    /// <summary>Subscribed, at <see cref="A.Start"/>.</summary>
    public Scene(ServicesOptions? options = null)
    {
        State = new(options ?? new()) { Framework = new FrameworkId("framework"), Master = "master" };
    }

    /// <summary>The tables.</summary>
    public ServicesState State { get; }

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; set; } = A.Start;

    /// <summary>What the last step wanted done outside.</summary>
    public List<ServicesEffect> Effects { get; } = [];

    /// <summary>Puts a spec into the tree, with all its instances waiting.</summary>
    public T Add<T>(T spec)
        where T : RunSpec => Add(spec, spec.Instances);

    /// <summary>Puts a spec into the tree, with so many instances waiting.</summary>
    public T Add<T>(T spec, int waiting)
        where T : RunSpec
    {
        Step(turn =>
        {
            State.Catalog.Change(turn, State.Catalog.Tree.With(spec));
            for (var i = 0; i < waiting; i++)
            {
                State.Instances.Add(turn, A.Instance(spec, ++_instances) with { Since = Now });
            }
        });
        return spec;
    }

    /// <summary>Brings offers in.</summary>
    public IReadOnlyList<ServicesEffect> Offer(params Offer[] offers) => Step(turn => OfferHandler.Handle(turn, offers));

    /// <summary>Changes an instance.</summary>
    public Instance Change(Instance instance, Func<Instance, Instance> change)
    {
        var changed = change(State.Instances.Find(instance.Id)!);
        Step(turn => State.Instances.Replace(turn, changed));
        return changed;
    }

    /// <summary>Lets time pass; due alarms ring.</summary>
    public IReadOnlyList<ServicesEffect> Pass(TimeSpan time)
    {
        Now += time;
        return Step(turn => State.Deadlines.RingDue(turn, Now));
    }

    /// <summary>One step: what is touched is told to the queue, then demand is settled.</summary>
    public IReadOnlyList<ServicesEffect> Step(Action<Turn> act)
    {
        Effects.Clear();
        var turn = new Turn(State, Now, Effects);
        act(turn);
        foreach (var spec in State.Touched)
        {
            State.Queue.Sync(turn, spec);
        }

        State.Touched.Clear();
        OfferDemand.Settle(turn);
        return Effects;
    }

    /// <summary>The effects of one kind of the last step.</summary>
    public IReadOnlyList<T> Of<T>()
        where T : ServicesEffect => [.. Effects.OfType<T>()];

    /// <summary>The tasks launched by the last step.</summary>
    public IReadOnlyList<TaskInfo> Launched() =>
        [.. Of<ServicesEffect.Accept>().SelectMany(accept => accept.Operations).SelectMany(operation => operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup.Tasks ?? [])];

    /// <summary>The instances of a spec.</summary>
    public IReadOnlyList<Instance> Instances(RunSpec spec) => State.Instances.Of(spec.Id).Snapshot;
}
