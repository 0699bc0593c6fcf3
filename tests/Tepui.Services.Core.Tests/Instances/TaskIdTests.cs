using Tepui.Model.Identifiers;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Instances;

public class TaskIdTests
{
    private const string Uuid = "6f1a1d2c-0b1c-11ee-8c99-0242ac120002";

    [Theory]
    [InlineData($"prod_db.instance-{Uuid}._app.3", "/prod/db", $"prod_db.instance-{Uuid}", null, 3)]
    [InlineData($"prod_db.instance-{Uuid}.web.1", "/prod/db", $"prod_db.instance-{Uuid}", "web", 1)]
    [InlineData($"a.b.marathon-{Uuid}.web", "/a.b", $"a.b.marathon-{Uuid}", "web", 0)]
    [InlineData($"prod_db.{Uuid}", "/prod/db", $"prod_db.marathon-{Uuid}", null, 0)]
    [InlineData($"prod_db.{Uuid}.7", "/prod/db", $"prod_db.marathon-{Uuid}", null, 7)]
    public void Parse_EachForm_TellsItsParts(string id, string spec, string instance, string? container, int launch)
    {
        Assert.Equal(new TaskIdParts(new PathId(spec), new InstanceId(instance), container, launch), TaskIds.Parse(new TaskId(id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("web.1")]
    [InlineData($"{Uuid}")]
    [InlineData($"prod_db.instance-{Uuid}._app.3\n")]
    [InlineData($"prod_db.instance-{Uuid}.web\n")]
    [InlineData($"prod_db.{Uuid}\n")]
    public void Parse_OtherText_IsNoTaskId(string id) => Assert.Null(TaskIds.Parse(new TaskId(id)));
}
