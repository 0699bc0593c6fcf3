namespace Tepui.Model.Resources;

/// <summary>How much of a resource there is: an amount, numbers, or names.</summary>
public enum ResourceKind
{
    /// <summary>An amount, in thousandths.</summary>
    Scalar,

    /// <summary>Numbers, such as ports.</summary>
    Ranges,

    /// <summary>Names.</summary>
    Set,
}
