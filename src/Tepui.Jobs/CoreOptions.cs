using Tepui.Frameworks.Hosting;
using Tepui.Jobs.Core;
using Tepui.Runtime.Flags;

namespace Tepui.Jobs;

/// <summary>What the core is told, from flags.</summary>
internal static class CoreOptions
{
    /// <summary>Reads the options; adds what is wrong to <paramref name="problems"/>.</summary>
    public static JobsOptions From(FlagValues flags, List<string> problems) => new()
    {
        MesosRole = FrameworkFlags.Role(flags, problems),
        User = flags.Text("user"),
        TaskCpu = Thousandths(flags, "mesos_task_cpu"),
        TaskMem = Thousandths(flags, "mesos_task_mem"),
        TaskDisk = Thousandths(flags, "mesos_task_disk"),
        FailureRetry = Milliseconds(flags, "failure_retry"),
        DisableAfterFailures = flags.Integer("disable_after_failures"),
        TaskEpsilon = Seconds(flags, "task_epsilon"),
        RunsKept = Math.Max(flags.Integer("runs_kept"), flags.Integer("job_history_limit")),
        UnreachableTimeout = Seconds(flags, "unreachable_timeout"),
        ReconciliationInterval = Seconds(flags, "reconciliation_interval"),
        DeclineOfferDuration = Milliseconds(flags, "decline_offer_duration"),
        MinReviveOffersInterval = flags.IsGiven("min_revive_offers_interval") ? Milliseconds(flags, "min_revive_offers_interval") : new JobsOptions().MinReviveOffersInterval,
    };

    private static long Thousandths(FlagValues flags, string name) => (long)Math.Round(flags.Number(name) * 1000);

    private static TimeSpan Milliseconds(FlagValues flags, string name) => TimeSpan.FromMilliseconds(flags.Integer(name));

    private static TimeSpan Seconds(FlagValues flags, string name) => TimeSpan.FromSeconds(flags.Integer(name));
}
