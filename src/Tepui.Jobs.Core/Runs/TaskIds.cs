using System.Globalization;
using System.Text;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Ids of tasks: <c>ct:&lt;ms&gt;:&lt;attempt&gt;:&lt;job&gt;:&lt;arguments&gt;</c>, as clients of Chronos read them.</summary>
public static class TaskIds
{
    private const string Prefix = "ct";

    /// <summary>Makes one that is valid whatever the arguments are: what no id may hold is left out, and <c>;</c> with it; what is too long is cut.</summary>
    /// <param name="ms">Milliseconds since 1970, not used for this job before.</param>
    /// <param name="attempt">Of the run.</param>
    /// <param name="job">Of the run.</param>
    /// <param name="arguments">Of the run, or of its job.</param>
    public static TaskId Compose(long ms, int attempt, JobName job, string arguments)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Prefix}:{ms}:{attempt}:{job}:"));
        var left = IdRule.BytesMax - text.Length;
        foreach (var rune in arguments.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune.Value is '/' or '\\' or ';' || rune == Rune.ReplacementChar)
            {
                continue;
            }

            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            text.Append(rune);
        }

        return new(text.ToString());
    }

    /// <summary>The job a task is of; <see langword="null"/> if the id is none of ours.</summary>
    public static JobName? JobOf(TaskId task)
    {
        var parts = Text(task).Split(':', 5);
        return parts.Length == 5 && parts[0] == Prefix && JobName.TryParse(parts[3], out var job, out _) ? job : null;
    }

    /// <summary>The milliseconds in the id; 0 if it is none of ours.</summary>
    public static long MillisOf(TaskId task)
    {
        var parts = Text(task).Split(':', 3);
        return parts.Length == 3 && parts[0] == Prefix && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? ms : 0;
    }

    private static string Text(TaskId task) => task.IsSet ? task.Value : "";
}
