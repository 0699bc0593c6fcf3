using System.Net;
using System.Text.Json.Nodes;
using Tepui.Services;

namespace Tepui.Tests.Services;

public sealed class RefusalTextTests
{
    [Fact]
    public void Lock_Held_NamesDeploymentsAndSaysHowToGoOn()
    {
        var text = Of(HttpStatusCode.Conflict, """{"message":"App is locked by one or more deployments.","deployments":[{"id":"d-1"},{"id":"d-2"}]}""");

        Assert.Contains("held by deployment d-1", text, StringComparison.Ordinal);
        Assert.Contains("held by deployment d-2", text, StringComparison.Ordinal);
        Assert.Contains("tepui deployment watch d-1", text, StringComparison.Ordinal);
        Assert.Contains("--force", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_Invalid_SaysEveryProblemWithItsPath()
    {
        var text = Of(HttpStatusCode.UnprocessableEntity, """{"message":"Object is not valid","details":[{"path":"/cpus","errors":["must be more","and less"]},{"path":"/","errors":["no command"]}]}""");

        Assert.Equal(["PUT /v2/apps/web is refused (422): Object is not valid", "  /cpus must be more", "  /cpus and less", "  / no command"], text.Split('\n'));
    }

    [Fact]
    public void Token_OfTheSchema_IsSaidInWords()
    {
        var text = Of(HttpStatusCode.UnprocessableEntity, """{"message":"Invalid JSON","details":[{"path":"/env/PORT","errors":["error.expected.jsstring"]}]}""");

        Assert.Contains("/env/PORT must be a text, in quotes (error.expected.jsstring)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_InAList_NamesTheAppItIsAbout()
    {
        var sent = """{"id":"/shop","apps":[{"id":"web"}],"groups":[{"id":"back","apps":[{"id":"db"},{"id":"q"}]}]}""";

        Assert.Equal("q", ProblemPlace.Owner(JsonNode.Parse("""[{"id":"a"},{"id":"q"}]"""), "(1)/cpus"));
        Assert.Equal("/back/q", ProblemPlace.Owner(JsonNode.Parse(sent.Replace("\"back\"", "\"/back\"", StringComparison.Ordinal)), "/groups(0)/apps(1)/cpus"));
        Assert.Equal("web", ProblemPlace.Owner(JsonNode.Parse(sent), "/apps(0)/env/X"));
        Assert.Null(ProblemPlace.Owner(JsonNode.Parse(sent), "/apps(7)/cpus"));
        Assert.Null(ProblemPlace.Owner(null, "/apps(0)"));
    }

    [Fact]
    public void Details_AsText_AreSaid() =>
        Assert.Contains("unexpected end", Of(HttpStatusCode.BadRequest, """{"message":"Invalid JSON","details":"unexpected end"}"""), StringComparison.Ordinal);

    private static string Of(HttpStatusCode status, string body) => RefusalText.Of(new("PUT /v2/apps/web", status, JsonNode.Parse(body), "refused"));
}
