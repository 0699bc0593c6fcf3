using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>All instances. Every change is made durable, told to subscribers, and lets the spec be looked at again (<see cref="Turn.Touch"/>).</summary>
internal sealed class InstanceTable
{
    private readonly Dictionary<InstanceId, Instance> _all = [];
    private readonly Dictionary<PathId, SpecInstances> _bySpec = [];
    private readonly Dictionary<TaskId, InstanceId> _byTask = [];

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>All, in no order.</summary>
    public IReadOnlyCollection<Instance> All => _all.Values;

    /// <summary>Ids of the specs that have or had instances.</summary>
    public IEnumerable<PathId> Specs => _bySpec.Keys;

    /// <summary>The instance with this id.</summary>
    public Instance? Find(InstanceId id) => _all.GetValueOrDefault(id);

    /// <summary>The instance that launched this task last.</summary>
    public Instance? Find(TaskId task) => _byTask.TryGetValue(task, out var id) ? _all.GetValueOrDefault(id) : null;

    /// <summary>The instances of a spec; empty if it has none.</summary>
    public SpecInstances Of(PathId spec)
    {
        if (!_bySpec.TryGetValue(spec, out var instances))
        {
            _bySpec[spec] = instances = new(spec);
        }

        return instances;
    }

    /// <summary>Puts a new instance.</summary>
    public void Add(Turn turn, Instance instance)
    {
        Invariant.Holds(!_all.ContainsKey(instance.Id), $"instance {instance.Id} exists already");
        Put(instance);
        Tell(turn, instance);
    }

    /// <summary>Replaces an instance by what has become of it.</summary>
    public void Replace(Turn turn, Instance instance)
    {
        Invariant.Holds(_all.TryGetValue(instance.Id, out var before), $"instance {instance.Id} is not there");
        if (before == instance)
        {
            return;
        }

        foreach (var task in before!.Tasks)
        {
            _byTask.Remove(task.Id);
        }

        Put(instance);
        turn.State.Deployments.Observe(turn, before, instance);
        if (before.Condition != instance.Condition || before.Goal != instance.Goal)
        {
            Tell(turn, instance);
        }
        else
        {
            turn.Persist(StoreKeys.Instance(instance.Id), InstanceEntries.Write(instance));
            turn.Touch(instance.Spec);
        }

        if (before.Healthy != instance.Healthy)
        {
            turn.Publish(new ServiceEvent.InstanceHealthChanged(instance.Id, instance.Spec, instance.SpecVersion, instance.Healthy));
        }
    }

    /// <summary>Forgets an instance for good.</summary>
    public void Remove(Turn turn, InstanceId id)
    {
        Invariant.Holds(_all.Remove(id, out var instance), $"instance {id} is not there");
        foreach (var task in instance!.Tasks)
        {
            _byTask.Remove(task.Id);
        }

        Of(instance.Spec).Remove(id);
        turn.Persist(StoreKeys.Instance(id), null);
        turn.Touch(instance.Spec);
    }

    /// <summary>Forgets that a spec had instances.</summary>
    public void Forget(PathId spec)
    {
        if (_bySpec.TryGetValue(spec, out var instances) && instances.Count == 0)
        {
            _bySpec.Remove(spec);
        }
    }

    /// <summary>Puts what the store held.</summary>
    public void Restore(Instance instance) => Put(instance);

    private void Put(Instance instance)
    {
        _all[instance.Id] = instance;
        Of(instance.Spec).Put(instance);
        foreach (var task in instance.Tasks)
        {
            _byTask[task.Id] = instance.Id;
        }
    }

    private static void Tell(Turn turn, Instance instance)
    {
        turn.Persist(StoreKeys.Instance(instance.Id), InstanceEntries.Write(instance));
        turn.Publish(new ServiceEvent.InstanceChanged(instance.Id, instance.Condition, instance.Spec, instance.Host?.Agent, instance.Host?.Hostname, instance.SpecVersion));
        turn.Touch(instance.Spec);
    }
}
