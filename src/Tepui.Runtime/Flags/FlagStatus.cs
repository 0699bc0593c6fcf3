namespace Tepui.Runtime.Flags;

/// <summary>What a flag does here.</summary>
public enum FlagStatus
{
    /// <summary>It does what it says.</summary>
    Works,

    /// <summary>It is accepted and has no effect, because nothing here needs it.</summary>
    Ignored,

    /// <summary>It is known, but what it asks for does not exist here yet: any value but its default is refused.</summary>
    NotYet,
}
