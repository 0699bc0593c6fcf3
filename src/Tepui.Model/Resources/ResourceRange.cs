namespace Tepui.Model.Resources;

/// <summary>Whole numbers from <paramref name="Begin"/> to <paramref name="End"/>, both included.</summary>
/// <param name="Begin">First number.</param>
/// <param name="End">Last number, never below <paramref name="Begin"/>.</param>
public readonly record struct ResourceRange(ulong Begin, ulong End)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Begin}-{End}";
}
