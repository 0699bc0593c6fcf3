namespace Tepui.Compatibility.Tests.Documents;

/// <summary>What a page says of one call or endpoint.</summary>
/// <param name="Name">The call, or the path.</param>
/// <param name="Note">What is missing, or what to know.</param>
/// <param name="Partly">It answers, and does only part of the work.</param>
/// <param name="NotYet">It answers (as it always will for input like this), and cannot do its work yet.</param>
internal sealed record Claim(string Name, string Note = "", bool Partly = false, bool NotYet = false)
{
    /// <summary>The row's status, given whether the running process refused it as unknown or not supported.</summary>
    public string Status(bool refused) => (refused, NotYet, Partly) switch
    {
        (true, _, _) or (_, true, _) => "not yet",
        (_, _, true) => "partly",
        _ => "works",
    };
}
