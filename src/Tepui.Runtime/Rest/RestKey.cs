namespace Tepui.Runtime.Rest;

/// <summary>Set by a client that may repeat a request, so that it is carried out once.</summary>
/// <param name="Key">The client's word, of the header <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">What the key stands for: method, address and a hash of the body. The same key for something else is a mistake of the client.</param>
public sealed record RestKey(string Key, string Fingerprint);
