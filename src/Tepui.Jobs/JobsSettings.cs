using Tepui.Frameworks.Hosting;
using Tepui.Jobs.Core;
using Tepui.Jobs.Notices;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Jobs;

/// <summary>How a jobs scheduler runs. Pages of origins that are not allowed may read jobs, and change none.</summary>
public sealed record JobsSettings() : FrameworkSettings(port: 4400, frameworkName: "chronos")
{
    /// <summary>Runs shown in <c>/job/stat</c>.</summary>
    public int HistoryLimit { get; init; } = 5;

    /// <summary>Where notices go.</summary>
    public NoticeSettings Notices { get; init; } = new();

    /// <summary>What the core is told.</summary>
    public JobsOptions Core { get; init; } = new();

    /// <summary>Reads the settings from flags.</summary>
    /// <exception cref="StartupException">A flag is missing, or flags contradict one another; all problems are listed.</exception>
    public static JobsSettings From(FlagValues flags)
    {
        var problems = new List<string>();
        var own = new JobsSettings { WorkDirectory = FrameworkFlags.WorkDirectory(flags, "jobs") };
        var settings = Shared(own, flags, problems) with
        {
            FrameworkName = flags.Required("mesos_framework_name"),
            User = flags.Text("user"),
            Checkpoint = flags.Boolean("mesos_checkpoint"),
            Authentication = FrameworkFlags.Authentication(flags, inline: null, problems),
            Credentials = FrameworkFlags.Credentials(flags, problems),
            HistoryLimit = flags.Integer("job_history_limit"),
            Notices = NoticeSettings.From(flags, problems),
            Core = CoreOptions.From(flags, problems),
        };
        return Sound(settings, problems);
    }
}
