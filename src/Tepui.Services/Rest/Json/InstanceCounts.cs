using Tepui.Services.Core.Instances;

namespace Tepui.Services.Rest.Json;

/// <summary>How many instances of an app are how far.</summary>
/// <param name="Staged">On their way.</param>
/// <param name="Running">Running.</param>
/// <param name="Healthy">Running, and every health check says so.</param>
/// <param name="Unhealthy">Running, and a health check says otherwise.</param>
internal readonly record struct InstanceCounts(int Staged, int Running, int Healthy, int Unhealthy)
{
    /// <summary>Counts instances.</summary>
    public static InstanceCounts Of(IReadOnlyList<Instance> instances)
    {
        int staged = 0, running = 0, healthy = 0, unhealthy = 0;
        foreach (var instance in instances)
        {
            switch (instance.Condition)
            {
                case Condition.Provisioned or Condition.Staging or Condition.Starting:
                    staged++;
                    break;
                case Condition.Running:
                    running++;
                    healthy += instance.Healthy is true ? 1 : 0;
                    unhealthy += instance.Healthy is false ? 1 : 0;
                    break;
            }
        }

        return new(staged, running, healthy, unhealthy);
    }
}
