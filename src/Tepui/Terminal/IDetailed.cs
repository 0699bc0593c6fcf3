namespace Tepui.Terminal;

/// <summary>A command that has more to say in its <c>--help</c>: examples, flags.</summary>
internal interface IDetailed
{
    /// <summary>Printed below the options.</summary>
    public string Details { get; }
}
