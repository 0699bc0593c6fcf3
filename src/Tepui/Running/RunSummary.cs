using Tepui.Protocol.V1;
using Tepui.Terminal;

namespace Tepui.Running;

/// <summary>How a run went: failures first, then counts.</summary>
internal static class RunSummary
{
    /// <summary>Failures listed one by one at most; the rest is counted.</summary>
    private const int FailuresMax = 20;

    /// <summary>Whether every task finished.</summary>
    public static bool IsSuccess(RunSession session) => session.Instances.All(instance => instance.State == TaskState.TaskFinished);

    /// <summary>Prints for people.</summary>
    public static void WriteTable(RunSession session, TimeSpan took, TextWriter output)
    {
        var failed = session.Instances.Where(instance => instance.State != TaskState.TaskFinished).ToList();
        if (failed.Count > 0)
        {
            var table = new Table("FAILED", "STATE", "AGENT", "MESSAGE");
            foreach (var instance in failed.Take(FailuresMax))
            {
                table.Add(instance.Id.Value, State(instance), instance.Agent.IsSet ? instance.Agent.Value : "-", instance.Message ?? instance.Reason ?? "");
            }

            table.WriteTo(output);
            if (failed.Count > FailuresMax)
            {
                output.WriteLine($"… and {failed.Count - FailuresMax} more; --output json lists all");
            }

            output.WriteLine();
        }

        var counts = session.Instances.GroupBy(State, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}");
        output.WriteLine($"{session.Instances.Count} {(session.Instances.Count == 1 ? "task" : "tasks")} in {took.TotalSeconds:0.0} s ({session.Instances.Count / Math.Max(took.TotalSeconds, 0.001):0.#}/s): {string.Join(", ", counts)}");
        if (failed.FirstOrDefault(instance => instance.Started is not null) is { } look)
        {
            output.WriteLine($"See what one wrote: tepui task log --stderr {look.Id} --framework {session.FrameworkId}");
        }
    }

    /// <summary>Prints one JSON document.</summary>
    public static void WriteJson(RunSession session, TimeSpan took) => JsonOutput.Write(new
    {
        FrameworkId = session.FrameworkId.Value,
        Seconds = Math.Round(took.TotalSeconds, 3),
        Counts = session.Instances.GroupBy(State, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
        Tasks = session.Instances.OrderBy(instance => instance.State == TaskState.TaskFinished).Select(instance => new
        {
            Id = instance.Id.Value,
            State = State(instance),
            AgentId = instance.Agent.IsSet ? instance.Agent.Value : null,
            instance.Message,
            instance.Reason,
            instance.Started,
            instance.Ended,
        }),
    });

    private static string State(RunInstance instance) => instance.State is { } state ? Text.Of(state) : "waiting";
}
