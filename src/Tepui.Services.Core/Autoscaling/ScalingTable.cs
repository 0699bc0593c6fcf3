namespace Tepui.Services.Core.Autoscaling;

/// <summary>Autoscaled apps, their last measurements and decisions.</summary>
internal sealed class ScalingTable
{
}
