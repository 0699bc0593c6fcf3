namespace Tepui.Services.Core.Autoscaling;

/// <summary>Changes instance counts by load and by the clock.</summary>
internal static class Autoscaler
{
    /// <summary>A measurement came in.</summary>
    public static void Measured(Turn turn, ServicesInput.Measured measured)
    {
    }
}
