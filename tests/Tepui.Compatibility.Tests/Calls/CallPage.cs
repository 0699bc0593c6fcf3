using System.Text;
using Google.Protobuf.Reflection;
using Tepui.Compatibility.Tests.Documents;
using Tepui.Compatibility.Tests.Live;

namespace Tepui.Compatibility.Tests.Calls;

/// <summary>Makes the table of an API: one row per value of its enum of calls, each asked of a running process.</summary>
internal static class CallPage
{
    /// <summary>The table.</summary>
    /// <param name="calls">Enum of calls, as in the contract.</param>
    /// <param name="claims">One per call.</param>
    /// <param name="ask">Makes a call; gets its name.</param>
    public static async Task<string> TableAsync(EnumDescriptor calls, IReadOnlyCollection<Claim> claims, Func<string, Task<Probe>> ask)
    {
        var names = calls.Values.Select(value => value.Name).Where(name => name != "UNKNOWN").ToList();
        Assert.Empty(names.Except(claims.Select(claim => claim.Name), StringComparer.Ordinal));
        Assert.Empty(claims.Select(claim => claim.Name).Except(names, StringComparer.Ordinal));

        var table = new StringBuilder("| call | here | remarks |\n|---|---|---|\n");
        foreach (var name in names)
        {
            var claim = claims.Single(claim => claim.Name == name);
            var answer = await ask(name);
            Assert.True(answer.Status is not (>= 500 and not 501) || name.StartsWith("REMOVE_", StringComparison.Ordinal), $"{name} ended with {answer.Status}: {answer.Body}");
            table.Append("| `").Append(name).Append("` | ").Append(claim.Status(answer.Refused)).Append(" | ").Append(Document.Cell(claim.Note)).Append(" |\n");
        }

        return table.ToString();
    }
}
