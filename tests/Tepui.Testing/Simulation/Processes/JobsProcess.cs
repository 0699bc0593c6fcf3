using Google.Protobuf;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Testing.Simulation.Checks;
using Tepui.Testing.Simulation.Work;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>The jobs scheduler. Its clients are <see cref="JobUsers"/>; <see cref="JobsChecker"/> sees what it writes down and what runs.</summary>
internal sealed class JobsProcess : OwnScheduler<JobsInput, JobsEffect, CommandOutcome>
{
    private static readonly JobsInput TickInput = new JobsInput.Tick();

    private readonly JobsOptions _options;
    private JobsCore? _core;
    private int _steps;

    public JobsProcess(SimulatedCluster cluster, JobWork work)
        : base(cluster, "jobs")
    {
        _options = new()
        {
            UnreachableTimeout = World.Seconds(20, 300),
            FailureRetry = World.Seconds(1, 30),
            RunsKept = World.Random.Next(1, 25),
            WaitingRunsMax = World.Random.Next(2, 50),
        };
        Users = new(cluster, this, work);
        Checker = new(this);
        Disk.Lasts = Checker.Lasts;
    }

    public JobUsers Users { get; }

    public JobsChecker Checker { get; }

    /// <summary>No other framework takes part.</summary>
    public bool IsAlone => Cluster.Schedulers.Count == 0 && Cluster.Own.Count == 1;

    /// <summary>The time, whatever its clock shows.</summary>
    public DateTimeOffset TrueTime => World.Now;

    /// <summary>Its clock.</summary>
    public DateTimeOffset Time => Clock;

    protected override JobsInput Tick => TickInput;

    protected override DateTimeOffset? NextDeadline => _core?.NextDeadline;

    private JobsCore Core => _core ?? throw new InvalidOperationException($"{Name} does not run");

    public JobsView View() => Core.View(Clock);

    /// <summary>Asks for something; not answered when the process dies before.</summary>
    public void Ask(JobsCommand command, Action<CommandOutcome> answered) => Ask(number => new JobsInput.Request(new(number), command), answered);

    protected override void Recover() => _core = new(_options, Disk.Load(), Clock);

    protected override void Forget() => _core = null;

    protected override void Open() => Users.Begin();

    protected override void Step(JobsInput input, List<JobsEffect> effects)
    {
        Core.Step(input, Clock, effects);

        // Most steps by far are of the long quiet time after the heal.
        if (!World.IsHealing || ++_steps % 16 == 0)
        {
            Core.CheckInvariants();
        }
    }

    protected override (string Key, IMessage? Entry)? Written(JobsEffect effect) => effect is JobsEffect.Persist persist ? (persist.Key, persist.Entry) : null;

    protected override void Carry(JobsEffect effect)
    {
        switch (effect)
        {
            case JobsEffect.Reply reply: Answer(reply.Request.Value, reply.Outcome); break;
            case JobsEffect.Accept accept: Accept(accept.Offer, accept.Operations, accept.Refuse); break;
            case JobsEffect.Decline decline: Decline(decline.Offers, decline.Refuse); break;
            case JobsEffect.Revive revive: Revive(revive.Roles); break;
            case JobsEffect.Suppress suppress: Suppress(suppress.Roles); break;
            case JobsEffect.Kill kill: Kill(kill.Task, kill.Agent); break;
            case JobsEffect.Acknowledge acknowledge: Acknowledge(acknowledge.Status); break;
            case JobsEffect.Reconcile reconcile: Reconcile(reconcile.Tasks); break;
            case JobsEffect.Notify notify: Tell(notify); break;
        }
    }

    protected override string Describe(JobsInput input) => input switch
    {
        JobsInput.Updated updated => $"<- update {Words.Of(updated.Status)}",
        JobsInput.Request request => $"<- {request.Command}",
        _ => $"<- {input.GetType().Name}",
    };

    protected override JobsInput Subscribed(FrameworkId id, bool again) => new JobsInput.Subscribed(id, "master", again);

    protected override JobsInput Lost() => new JobsInput.Disconnected();

    protected override JobsInput Offered(IReadOnlyList<Offer> offers) => new JobsInput.Offered(offers);

    protected override JobsInput Rescinded(OfferId offer) => new JobsInput.Rescinded(offer);

    protected override JobsInput Updated(TaskStatus status) => new JobsInput.Updated(status);

    protected override JobsInput AcceptFailed(IReadOnlyList<TaskId> tasks) => new JobsInput.AcceptFailed(tasks, "not subscribed");

    protected override SimulatedTask Launched(TaskInfo info)
    {
        var words = (info.Command?.Value ?? "").Split(' ');
        var seconds = words.Length > 1 ? double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
        var fails = words.Contains("flaky") && World.Chance(World.IsHealing ? 0 : 0.4);
        return Checker.Launched(info, new(Id!, info.TaskId.Value, info.AgentId.Value, isPartitionAware: true)
        {
            Lifetime = TimeSpan.FromSeconds(seconds) * (0.5 + (World.Random.NextDouble() / 2)),
            WaitStatus = fails ? 256 : 0,
            Began = () => Checker.Began(info.TaskId.Value),
            Ended = () => Checker.Ended(info.TaskId.Value),
        });
    }

    private void Tell(JobsEffect.Notify notify) => Later(World.Seconds(0.01, 5), () =>
    {
        var fails = !World.IsHealing && World.Chance(0.3);
        Post(new JobsInput.Notified(notify.Notice.Sequence, fails ? [] : ["webhook"], fails ? "refused" : null));
    });
}
