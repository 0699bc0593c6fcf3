namespace Tepui.Services.Core.Health;

/// <summary>Readiness checks of new instances.</summary>
internal static class ReadinessChecks
{
    /// <summary>A check has a result.</summary>
    public static void Checked(Turn turn, ServicesInput.ReadinessChecked result)
    {
    }
}
