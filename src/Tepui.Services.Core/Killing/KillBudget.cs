namespace Tepui.Services.Core.Killing;

/// <summary>Limits the replacement of unhealthy instances when many turn unhealthy together.</summary>
internal sealed class KillBudget
{
}
