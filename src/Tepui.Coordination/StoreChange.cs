namespace Tepui.Coordination;

/// <summary>One change of a batch: puts an entry, or removes it when <paramref name="Value"/> is <see langword="null"/> (removing what is not there changes nothing).</summary>
/// <param name="Key">1 to 4096 bytes of UTF-8.</param>
/// <param name="Value">The new value; not to be changed afterwards.</param>
public readonly record struct StoreChange(string Key, byte[]? Value);
