namespace Tepui.Services.Core.Health;

/// <summary>Last failures, and specs whose instances keep failing.</summary>
internal sealed class FailureTable
{
}
