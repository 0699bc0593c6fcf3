using Tepui.Agent.Core.Tasks;
using Tepui.Model.Time;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Checks;

/// <summary>One repeated check of one task: waits, probes, waits again, until stopped.</summary>
internal sealed class CheckRun(TaskRecord task, TimeSpan interval, Func<Turn, ProbeId, ProbePlan?> plan, Action<Turn, CheckStatusInfo?> result)
{
    // A check without an interval must not keep the agent from everything else.
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(10);
    private Alarm<Turn>? _next;
    private bool _isStopped;

    public TaskRecord Task { get; } = task;

    public void Start(Turn turn, TimeSpan delay) => _next = turn.After(delay, Probe);

    public void Stop()
    {
        _isStopped = true;
        _next?.Cancel();
    }

    /// <summary>A probe ended; <see langword="null"/> when it could not be run to its end.</summary>
    public void Probed(Turn turn, CheckStatusInfo? outcome)
    {
        if (_isStopped)
        {
            return;
        }

        result(turn, outcome);
        if (!_isStopped)
        {
            _next = turn.After(Clock.Most(interval, LeastInterval), Probe);
        }
    }

    private void Probe(Turn turn)
    {
        var id = turn.State.Probes.Add(this);
        if (plan(turn, id) is { } probe)
        {
            turn.Emit(new AgentEffect.RunProbe(probe));
        }
        else if (turn.State.Probes.Take(id, out _))
        {
            Probed(turn, outcome: null);
        }
    }
}
