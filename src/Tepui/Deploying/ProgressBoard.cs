using System.Text.RegularExpressions;

namespace Tepui.Deploying;

/// <summary>The bars of deployments under way. Bars stay where they are, in the order in which their actions began; what has ended is full.</summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
internal sealed partial class ProgressBoard
{
    /// <summary>Bars that fit on a screen; those beyond are one together.</summary>
    private const int RowsMax = 16;

    private readonly List<string> _order = [];
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeploymentStatus> _deployments = new(StringComparer.Ordinal);

    private sealed record Entry(string Deployment, ActionProgress Now, int SurplusMax);

    /// <summary>All bars.</summary>
    public IReadOnlyList<ProgressRow> Rows
    {
        get
        {
            var rows = _order.Select(key => ToRow(key, _entries[key])).ToList();
            return rows.Count <= RowsMax ? rows : [.. rows.Take(RowsMax - 1), Together(rows[(RowsMax - 1)..])];
        }
    }

    /// <summary>Takes what services report now.</summary>
    public void Update(DeploymentStatus deployment)
    {
        _deployments[deployment.Id] = deployment;
        foreach (var progress in deployment.Progress)
        {
            var key = $"{deployment.Id} {progress.Action} {progress.Id}";
            var before = _entries.GetValueOrDefault(key);
            if (before is null)
            {
                _order.Add(key);
            }

            _entries[key] = new(deployment.Id, progress, Math.Max(before?.SurplusMax ?? 0, Surplus(progress)));
        }
    }

    /// <summary>A deployment in one line, as in <c>step 1 of 2: restart /web: 2 of 3 ready, 1 old</c>.</summary>
    public static string Line(DeploymentStatus deployment)
    {
        var under = deployment.Progress.Where(progress => !IsDone(progress)).ToList();
        var actions = string.Join("; ", (under.Count > 0 ? under : deployment.Progress).Take(3).Select(progress => $"{progress.Verb} {progress.Id}: {Counts(progress)}"));
        var more = under.Count > 3 ? $"; and {under.Count - 3} more" : "";
        var state = deployment.State == "running" && !deployment.IsFinished ? "" : $", {deployment.Words}";
        var steps = deployment.Steps > 0 ? $"step {Math.Max(deployment.Step, 1)} of {deployment.Steps}" : "no steps";
        var why = deployment.Reason is { } reason ? $" ({reason})" : "";
        return actions.Length == 0 ? $"{steps}{state}{why}" : $"{steps}{state}: {actions}{more}{why}";
    }

    /// <summary>A line without the seconds that run down in it: where they alone differ, nothing is new.</summary>
    public static string WithoutCountdown(string line) => Countdown().Replace(line, "next launch");

    [GeneratedRegex(@"next launch in \d+ s", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Countdown();

    private static ProgressRow Together(List<ProgressRow> rows) =>
        new("together", $"{rows.Count} more  {rows.Count(row => row.Done == row.Total)} done", rows.Sum(row => row.Done), rows.Sum(row => row.Total));

    private static bool IsDone(ActionProgress progress) => progress.Ready >= progress.Target && Surplus(progress) == 0;

    /// <summary>Instances that are to go: old ones, and new ones above the target.</summary>
    private static int Surplus(ActionProgress progress) => progress.Old + Math.Max(0, progress.New - progress.Target);

    private static string Counts(ActionProgress progress)
    {
        var text = progress.Target == 0 ? $"{progress.Old + progress.New} left" : $"{progress.Ready} of {progress.Target} ready";
        var starting = progress.Target == 0 ? 0 : Math.Max(0, progress.New - progress.Ready);
        text = starting > 0 ? $"{text}, {starting} starting" : text;
        return progress.Target > 0 && progress.Old > 0 ? $"{text}, {progress.Old} old" : text;
    }

    private ProgressRow ToRow(string key, Entry entry)
    {
        var progress = entry.Now;
        var total = Math.Max(1, progress.Target + entry.SurplusMax);
        var label = $"{progress.Verb} {progress.Id}";
        if (_deployments[entry.Deployment] is { IsSuccess: true })
        {
            return new(key, $"{label}  done", total, total);
        }

        var nothingToDo = progress.Target + entry.SurplusMax == 0;
        var done = nothingToDo ? total : Math.Min(progress.Ready, progress.Target) + entry.SurplusMax - Surplus(progress);
        return new(key, $"{label}  {Counts(progress)}", Math.Clamp(done, 0, total), total);
    }
}
