using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with the checks of a task.</summary>
internal static class CheckProblems
{
    /// <summary>Of a check: the first thing wrong, or <see langword="null"/>.</summary>
    public static string? Check(CheckInfo check)
    {
        if (!check.HasType)
        {
            return "CheckInfo must specify 'type'";
        }

        var problem = check.Type switch
        {
            CheckInfo.Types.Type.Command => check.Command?.Command_ is { } command ? Command(command, "Command check") : Expecting("command", "COMMAND check"),
            CheckInfo.Types.Type.Http => check.Http is { } http ? Path(http.HasPath ? http.Path : null, "HTTP check") : Expecting("http", "HTTP check"),
            CheckInfo.Types.Type.Tcp => check.Tcp is null ? Expecting("tcp", "TCP check") : null,
            _ => "'UNKNOWN' is not a valid check type",
        };
        return problem ?? Negative(("delay_seconds", check.DelaySeconds), ("interval_seconds", check.IntervalSeconds), ("timeout_seconds", check.TimeoutSeconds));
    }

    /// <summary>Of a health check: the first thing wrong, or <see langword="null"/>.</summary>
    public static string? Health(HealthCheck check)
    {
        if (!check.HasType)
        {
            return "HealthCheck must specify 'type'";
        }

        var problem = check.Type switch
        {
            HealthCheck.Types.Type.Command => check.Command is { } command ? Command(command, "Command health check") : Expecting("command", "COMMAND health check"),
            HealthCheck.Types.Type.Http => check.Http is { } http ? Http(http) : Expecting("http", "HTTP health check"),
            HealthCheck.Types.Type.Tcp => check.Tcp is null ? Expecting("tcp", "TCP health check") : null,
            _ => "'UNKNOWN' is not a valid health check type",
        };
        return problem ?? Negative(
            ("delay_seconds", check.DelaySeconds),
            ("grace_period_seconds", check.GracePeriodSeconds),
            ("interval_seconds", check.IntervalSeconds),
            ("timeout_seconds", check.TimeoutSeconds));
    }

    private static string? Http(HealthCheck.Types.HTTPCheckInfo http) =>
        http.HasScheme && http.Scheme is not ("http" or "https")
            ? $"Unsupported HTTP health check scheme: '{http.Scheme}'"
            : Path(http.HasPath ? http.Path : null, "HTTP health check");

    private static string? Path(string? path, string what) =>
        path is null || path.StartsWith('/') ? null : $"The path '{path}' of {what} must start with '/'";

    private static string? Command(CommandInfo command, string what) =>
        !command.HasValue ? $"{what} must contain {(command.Shell ? "'shell command'" : "'executable path'")}"
            : CommandProblems.Any(command) is { } problem ? $"{what}'s `CommandInfo` is invalid: {problem}"
            : null;

    private static string Expecting(string field, string what) => $"Expecting '{field}' to be set for {what}";

    private static string? Negative(params ReadOnlySpan<(string Field, double Seconds)> times)
    {
        foreach (var (field, seconds) in times)
        {
            if (!(seconds >= 0))
            {
                return $"Expecting '{field}' to be non-negative";
            }
        }

        return null;
    }
}
