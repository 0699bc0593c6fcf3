namespace Tepui.Services.Core.Health;

/// <summary>Results of health and readiness checks.</summary>
internal sealed class HealthTable
{
}
