namespace Tepui.Services.Core.Health;

/// <summary>Health checks that the scheduler runs, and what follows from results of all kinds.</summary>
internal static class HealthChecks
{
    /// <summary>A check has a result.</summary>
    public static void Checked(Turn turn, ServicesInput.HealthChecked result)
    {
    }
}
