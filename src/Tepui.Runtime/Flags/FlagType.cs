namespace Tepui.Runtime.Flags;

/// <summary>What the value of a flag must be.</summary>
public enum FlagType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>; the bare name is true, <c>--no-name</c> false.</summary>
    Boolean,

    /// <summary>A whole number, within <see cref="Flag.Least"/> and <see cref="Flag.Most"/>.</summary>
    Integer,

    /// <summary>A number, within <see cref="Flag.Least"/> and <see cref="Flag.Most"/>.</summary>
    Number,

    /// <summary>A number of percent, as in <c>100%</c>.</summary>
    Percent,

    /// <summary>A length of time, as in <c>15secs</c>.</summary>
    Duration,

    /// <summary>An amount of bytes, as in <c>2GB</c>.</summary>
    Bytes,

    /// <summary>One of <see cref="Flag.Choices"/>.</summary>
    Choice,

    /// <summary>An address literal, as in <c>10.0.0.1</c>.</summary>
    Address,

    /// <summary>Resources as text or JSON, as in <c>cpus:4;mem:1024</c>.</summary>
    Resources,

    /// <summary>Attributes, as in <c>rack:r1;zone:z1</c>.</summary>
    Attributes,

    /// <summary>A JSON object or list.</summary>
    Json,
}
