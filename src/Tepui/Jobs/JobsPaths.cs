using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Where the REST API keeps what names on the command line mean.</summary>
internal static class JobsPaths
{
    private const string Base = "/v1/scheduler";

    /// <summary>All jobs.</summary>
    public const string Jobs = $"{Base}/jobs";

    /// <summary>All jobs with what they do now.</summary>
    public const string JobsWithExtras = $"{Base}/jobs?extras=true";

    /// <summary>All jobs in short.</summary>
    public const string Summary = $"{Base}/jobs/summary";

    /// <summary>Due times of a schedule that no job has.</summary>
    public const string Preview = $"{Base}/preview";

    /// <summary>What the scheduler tells of itself.</summary>
    public const string Info = $"{Base}/info";

    /// <summary><c>/v1/scheduler/job/NAME/rest</c></summary>
    public static string Job(string name, string rest = "") => $"{Base}/job/{Escape(name)}{rest}";

    /// <summary>Runs of a job, the newest first.</summary>
    public static string Runs(string name, int limit) => Job(name, $"/runs?limit={limit}");

    /// <summary>One run.</summary>
    public static string Run(string name, long number) => Job(name, $"/runs/{number}");

    /// <summary>Counts a success.</summary>
    public static string Success(string name) => $"{Base}/job/success/{Escape(name)}";

    /// <summary>All tasks of a job.</summary>
    public static string Tasks(string name) => $"{Base}/task/kill/{Escape(name)}";

    /// <summary>The graph, as <c>dot</c> or <c>csv</c>.</summary>
    public static string Graph(string format) => $"{Base}/graph/{format}";

    /// <summary>Where a job is sent to: jobs with parents have a place of their own.</summary>
    public static string Put(bool isDependent, bool isStrict) => $"{Base}/{(isDependent ? "dependency" : "iso8601")}{(isStrict ? "?strict=true" : "")}";

    private static string Escape(string name) => name.Length > 0 && name is not ("." or "..")
        ? Uri.EscapeDataString(name)
        : throw new CommandFailure(ExitCode.Usage, $"the name '{name}' names no job; names have letters, digits, '_', '-' and '.'");
}
