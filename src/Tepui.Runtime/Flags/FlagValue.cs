namespace Tepui.Runtime.Flags;

/// <summary>The value of one flag.</summary>
/// <param name="Flag">Which flag.</param>
/// <param name="UsedName">The name it was given under, which may be its old one.</param>
/// <param name="Text">The value in its printed form, as in <c>1mins</c> for <c>60secs</c>.</param>
/// <param name="Given">Whether a user gave it; otherwise it is the default.</param>
public sealed record FlagValue(Flag Flag, string UsedName, string Text, bool Given);
