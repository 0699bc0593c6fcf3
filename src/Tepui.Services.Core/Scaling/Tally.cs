using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>The instances of a spec as its replacement counts them: those of its present configuration are new, all others old. Costs one look per configuration.</summary>
internal readonly record struct Tally
{
    /// <summary>Old ones that wait for an offer.</summary>
    public int OldWaiting { get; init; }

    /// <summary>Old ones on their way.</summary>
    public int OldStarting { get; init; }

    /// <summary>Old ones that run and may not take load, and those that cannot be reached.</summary>
    public int OldFailing { get; init; }

    /// <summary>Old ones that run and may take load.</summary>
    public int OldServing { get; init; }

    /// <summary>Old ones that are replaced already and may come back.</summary>
    public int OldInactive { get; init; }

    /// <summary>New ones that were asked for.</summary>
    public int New { get; init; }

    /// <summary>New ones that run.</summary>
    public int NewRunning { get; init; }

    /// <summary>New ones that wait for an offer.</summary>
    public int NewWaiting { get; init; }

    /// <summary>New ones that run and may take load.</summary>
    public int NewReady { get; init; }

    /// <summary>Old and new ones that were told to end and have not yet.</summary>
    public int Ending { get; init; }

    /// <summary>Old ones that were asked for.</summary>
    public int Old => OldWaiting + OldStarting + OldFailing + OldServing;

    /// <summary>Instances that may take load.</summary>
    public int Serving => OldServing + NewReady;

    /// <summary>Counts.</summary>
    public static Tally Of(ServicesState state, RunSpec spec)
    {
        var tally = new Tally();
        foreach (var cohort in state.Instances.Of(spec.Id).Roster.Cohorts)
        {
            var serving = Configuration.Serving(state, spec, cohort);
            tally = cohort.Config == spec.LastConfigChangeAt
                ? tally with
                {
                    New = cohort.Wanted,
                    NewRunning = Running(cohort),
                    NewWaiting = cohort[Standing.Waiting],
                    NewReady = serving,
                    Ending = tally.Ending + cohort[Standing.Ending] + cohort[Standing.Stopping],
                }
                : tally with
                {
                    OldWaiting = tally.OldWaiting + cohort[Standing.Waiting],
                    OldStarting = tally.OldStarting + cohort[Standing.Starting],
                    OldFailing = tally.OldFailing + Running(cohort) + cohort[Standing.Unreachable] - serving,
                    OldServing = tally.OldServing + serving,
                    OldInactive = tally.OldInactive + cohort[Standing.Inactive],
                    Ending = tally.Ending + cohort[Standing.Ending] + cohort[Standing.Stopping],
                };
        }

        return tally;
    }

    private static int Running(Cohort cohort) => cohort[Standing.Unhealthy] + cohort[Standing.Unready] + cohort[Standing.Unproven] + cohort[Standing.Healthy];
}
