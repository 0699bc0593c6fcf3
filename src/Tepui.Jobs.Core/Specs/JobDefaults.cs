namespace Tepui.Jobs.Core.Specs;

/// <summary>What holds for a job where its author did not say.</summary>
public static class JobDefaults
{
    /// <summary>How late a run may start.</summary>
    public static TimeSpan EpsilonOr(this JobSpec job, TimeSpan standard) => job.Epsilon ?? standard;

    /// <summary>What becomes of missed occurrences.</summary>
    public static CatchUp CatchUpOrDefault(this JobSpec job) => job.CatchUp ?? CatchUp.Last;

    /// <summary>Whether runs overlap.</summary>
    public static Concurrency ConcurrencyOrDefault(this JobSpec job) => job.Concurrency ?? Concurrency.Forbid;

    /// <summary>How often an occurrence may be launched.</summary>
    public static Delivery DeliveryOrDefault(this JobSpec job) => job.Delivery ?? Delivery.AtLeastOnce;

    /// <summary>Which ends of parents' runs count.</summary>
    public static ParentTrigger ParentTriggerOrDefault(this JobSpec job) => job.ParentTrigger ?? ParentTrigger.Success;
}
