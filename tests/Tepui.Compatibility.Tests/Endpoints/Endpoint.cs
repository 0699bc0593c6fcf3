namespace Tepui.Compatibility.Tests.Endpoints;

/// <summary>One v0 endpoint and what the page says of it.</summary>
/// <param name="Method">What to ask with.</param>
/// <param name="Path">As in the page; ROLE and so on stand for any.</param>
/// <param name="Note">What is missing, or what to know.</param>
/// <param name="Body">Body of the request, for those that order something.</param>
internal sealed record Endpoint(string Method, string Path, string Note = "", string? Body = null)
{
    /// <summary>It answers, and does only part of the work.</summary>
    public bool Partly { get; init; }

    /// <summary>It answers, and cannot do its work yet.</summary>
    public bool NotYet { get; init; }

    /// <summary>Served by a part that is not in this test: the web page.</summary>
    public bool Elsewhere { get; init; }
}
