using System.Globalization;
using System.Text.RegularExpressions;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Services.Core.Health;

/// <summary>Why an instance ended.</summary>
/// <param name="Kind"><c>exit</c>, <c>signal</c>, <c>oom</c>, <c>fetch</c>, <c>check</c> or <c>launch</c>.</param>
/// <param name="ExitCode">Of its process.</param>
/// <param name="Signal">That ended its process.</param>
/// <param name="Message">For people.</param>
internal sealed partial record FailureCause(string Kind, int? ExitCode, int? Signal, string Message)
{
    private static readonly string[] Signals =
    [
        "", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
        "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2", "Broken pipe",
        "Alarm clock", "Terminated",
    ];

    /// <summary>Reads it from the last status; <see langword="null"/> where the cause lies outside (the agent left or drains).</summary>
    public static FailureCause? Of(Condition condition, TaskStatus status)
    {
        var message = status.HasMessage ? status.Message : "";
        if (condition is Condition.Gone or Condition.Unknown || (status.HasReason && status.Reason == Reason.AgentDraining))
        {
            return null;
        }

        if (status.HasReason && status.Reason == Reason.ContainerLimitationMemory)
        {
            return new("oom", ExitCode: null, Signal: null, message);
        }

        if (status.HasReason && status.Reason == Reason.ContainerLaunchFailed)
        {
            return new(message.Contains("fetch", StringComparison.OrdinalIgnoreCase) ? "fetch" : "launch", ExitCode: null, Signal: null, message);
        }

        if (condition is Condition.Error or Condition.Dropped)
        {
            return new("launch", ExitCode: null, Signal: null, message);
        }

        return Exit().Match(message) is { Success: true } exit ? new("exit", Number(exit), Signal: null, message)
            : SignalText().Match(message) is { Success: true } signal ? new("signal", ExitCode: null, SignalNumber(signal.Groups["name"].Value), message)
            : new("exit", condition == Condition.Finished ? 0 : null, Signal: null, message);
    }

    private static int? Number(Match match) => int.TryParse(match.Groups["code"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static int? SignalNumber(string name)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return Array.FindIndex(Signals, known => known.Length > 0 && name.StartsWith(known, StringComparison.Ordinal)) is > 0 and var index ? index : null;
    }

    [GeneratedRegex(@"exited with (?:status|code) (?<code>\d{1,3})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exit();

    [GeneratedRegex(@"terminated with signal (?<name>[^()]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignalText();
}
