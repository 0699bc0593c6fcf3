using System.Text.Json.Nodes;
using Tepui.Commands.Apps;
using Tepui.Commands.Deployments;
using Tepui.Deploying;
using Tepui.Terminal;

namespace Tepui.Tests.Commands;

public sealed class ChoiceTests
{
    private static readonly string[] Versions = ["2031-02-03T04:05:06.789Z", "2031-02-01T00:00:00.000Z", "2031-01-01T00:00:00.000Z"];

    [Theory]
    [InlineData("previous", 1)]
    [InlineData("2031-02-03", 0)]
    [InlineData("2031-01", 2)]
    public void Version_Typed_IsTheOneMeant(string word, int index) => Assert.Equal(Versions[index], AppLookup.Choose(Versions, word, "/web"));

    [Theory]
    [InlineData("2031-02")]
    [InlineData("2030")]
    public void Version_NoneOrSeveral_IsRefused(string word) => Assert.Throws<CommandFailure>(() => AppLookup.Choose(Versions, word, "/web"));

    [Theory]
    [InlineData("web.instance-aa1._app.1", "web.instance-aa1._app.1")]
    [InlineData("web.instance-b", "web.instance-bb2._app.1")]
    [InlineData("aa", "web.instance-aa1._app.1")]
    public void Task_Typed_IsTheOneMeant(string word, string id) =>
        Assert.Equal(id, TaskChoice.Choose(["web.instance-aa1._app.1", "web.instance-bb2._app.1"], word, "/web"));

    [Theory]
    [InlineData("web")]
    [InlineData("zz")]
    public void Task_NoneOrSeveral_IsRefused(string word) =>
        Assert.Throws<CommandFailure>(() => TaskChoice.Choose(["web.instance-aa1._app.1", "web.instance-bb2._app.1"], word, "/web"));

    [Fact]
    public void Deployment_ByIdAppOrAlone_IsTheOneMeant()
    {
        var known = new[] { A("d1", "success", "/web"), A("d2", null, "/web"), A("e3", null, "/db") };

        Assert.Equal("d1", DeploymentLookup.Choose(known, "d1").Id);
        Assert.Equal("e3", DeploymentLookup.Choose(known, "e").Id);
        Assert.Equal("d2", DeploymentLookup.Choose(known, "web").Id);
        Assert.Equal("d2", DeploymentLookup.Choose(known[..2], null).Id);
        Assert.Throws<CommandFailure>(() => DeploymentLookup.Choose(known, null));
        Assert.Throws<CommandFailure>(() => DeploymentLookup.Choose(known, "d"));
        Assert.Throws<CommandFailure>(() => DeploymentLookup.Choose([], null));
    }

    [Fact]
    public void Log_OfAnApp_IsOfTheLatestElseOfTheOneThatFailed()
    {
        var app = JsonNode.Parse("""{"id":"/w","tasks":[{"id":"a","startedAt":"2031-01-01"},{"id":"b","startedAt":"2031-01-02"},{"id":"c"}],"lastTaskFailure":{"taskId":"f"}}""")!;

        Assert.Equal("b", AppLogCommand.ChooseTask(app, null));
        Assert.Equal("f", AppLogCommand.ChooseTask(app, "f"));
        app["tasks"] = new JsonArray(new JsonObject { ["id"] = "c" });
        Assert.Equal("f", AppLogCommand.ChooseTask(app, null));
        Assert.Throws<CommandFailure>(() => AppLogCommand.ChooseTask(JsonNode.Parse("""{"id":"/w"}""")!, null));
    }

    [Fact]
    public void Update_OfMaps_KeepsTheRest()
    {
        var app = JsonNode.Parse("""{"env":{"A":"1","B":"2"},"resourceLimits":{"cpus":1}}""")!.AsObject();

        Assert.Equal("""{"A":"1","C":"x=y"}""", AppUpdate.Map(app, "env", ["C=x=y"], ["B"]).ToJsonString());
        Assert.Throws<CommandFailure>(() => AppUpdate.Map(app, "env", ["=x"], []));
        Assert.Throws<CommandFailure>(() => AppUpdate.Map(app, "env", [], ["Z"]));
        Assert.Equal("""{"cpus":2,"resourceLimits":{"cpus":1}}""", AppUpdate.Keeping(app, new JsonObject { ["cpus"] = 2 }).ToJsonString());
    }

    private static DeploymentStatus A(string id, string? outcome, string app) =>
        DeploymentStatus.Read(new JsonObject { ["id"] = id, ["outcome"] = outcome, ["affectedApps"] = new JsonArray(app) });
}
