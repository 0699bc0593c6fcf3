using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>Lets instances be launched.</summary>
internal static class Arrivals
{
    /// <summary>So many more instances of a spec shall run: those that are over and kept their volumes run again first.</summary>
    public static void Schedule(Turn turn, RunSpec spec, int count)
    {
        var state = turn.State;
        if (spec.IsResident)
        {
            foreach (var id in Victims.Of(state.Instances.Of(spec.Id).Roster.Cohorts, Standing.Reusable).Take(count).ToList())
            {
                state.Instances.Replace(turn, Again(turn, spec, state.Instances.Find(id)!));
                count--;
            }
        }

        for (; count > 0; count--)
        {
            state.Instances.Add(turn, new Instance
            {
                Id = state.Mint.Instance(spec.Id, turn.Now),
                Spec = spec.Id,
                SpecVersion = spec.Version,
                ConfigVersion = spec.LastConfigChangeAt,
                Role = spec.Role,
                Since = turn.Now,
            });
        }
    }

    private static Instance Again(Turn turn, RunSpec spec, Instance instance) => instance with
    {
        SpecVersion = spec.Version,
        ConfigVersion = spec.LastConfigChangeAt,
        Goal = Goal.Running,
        Condition = Condition.Scheduled,
        Since = turn.Now,
        ActiveSince = null,
        Tasks = [],
        Healthy = null,
        Ready = false,
    };
}
