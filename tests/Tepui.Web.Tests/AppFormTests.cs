using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Edit;

namespace Tepui.Web.Tests;

/// <summary>The form of an app: to JSON and back, and where complaints belong.</summary>
public sealed class AppFormTests
{
    private const string Full =
        """
        {"id":"/prod/web","args":["a","b"],"cmd":"run","cpus":0.5,"mem":64,"instances":2,"gpus":0,"env":{"A":"1","S":{"secret":"s"}},"secrets":{"s":{"source":"x"}},
         "labels":{"k":"v"},"portDefinitions":[{"port":0,"protocol":"tcp","name":"main","labels":{"VIP_0":"/a:1"}},{"port":8080,"protocol":"udp"}],
         "networks":[{"mode":"host"}],"requirePorts":false,"fetch":[{"uri":"http://h/a.tgz","extract":false,"executable":true,"cache":false},{"uri":"http://h/b","extract":true}],
         "healthChecks":[{"protocol":"COMMAND","command":{"value":"true"},"gracePeriodSeconds":1,"delaySeconds":4}],
         "constraints":[["hostname","UNIQUE"],["rack","LIKE","a b"]],"dependencies":["/db"],"upgradeStrategy":{"minimumHealthCapacity":0.5,"maximumOverCapacity":0},
         "container":{"type":"MESOS","volumes":[{"containerPath":"data","mode":"RW","persistent":{"type":"root","size":10}}]},"executor":"","deployment":{"strategy":"canary","canary":{"instances":2}}}
        """;

    [Fact]
    public void Apply_OfAnUntouchedForm_ChangesNothing()
    {
        var app = Parse(Full);

        var result = Apply(app, []);

        Assert.Equal(Sorted(app), Sorted(result));
    }

    [Fact]
    public void Apply_OfChangedFields_ChangesOnlyThose()
    {
        var result = Apply(Parse(Full), new()
        {
            ["cpus"] = "0.75",
            ["instances"] = "5",
            ["ports.0.port"] = "31000",
            ["fetch"] = "http://h/b\nhttp://h/c",
            ["constraints"] = "hostname UNIQUE\nzone GROUP_BY 3",
            ["env.1.key"] = "B",
            ["env.1.value"] = "2 = two",
            ["requirePorts"] = "true",
            ["gpus"] = "",
        });

        Assert.Equal(0.75, result["cpus"]!.GetValue<double>());
        Assert.Equal("""{"port":31000,"protocol":"tcp","name":"main","labels":{"VIP_0":"/a:1"}}""", result["portDefinitions"]![0]!.ToJsonString());
        Assert.Equal("""[{"uri":"http://h/b","extract":true},{"uri":"http://h/c"}]""", result["fetch"]!.ToJsonString());
        Assert.Equal("""[["hostname","UNIQUE"],["zone","GROUP_BY","3"]]""", result["constraints"]!.ToJsonString());
        Assert.Equal("""{"S":{"secret":"s"},"A":"1","B":"2 = two"}""", result["env"]!.ToJsonString());
        Assert.True(result["requirePorts"]!.GetValue<bool>());
        Assert.False(result.ContainsKey("gpus"));
        Assert.Equal("""["a","b"]""", result["args"]!.ToJsonString());
    }

    [Fact]
    public void Apply_ARowTakenAway_KeepsTheOthersWhole()
    {
        var result = Apply(Parse(Full), new() { ["ports.0.port"] = "", ["ports.0.name"] = "" });

        Assert.Equal("""[{"port":8080,"protocol":"udp"}]""", result["portDefinitions"]!.ToJsonString());
    }

    [Fact]
    public void Apply_OfAnotherNetwork_LeavesThePortsOfTheOldOne()
    {
        var result = Apply(Parse(Full), new() { ["network"] = "container/bridge", ["mappings.0.containerPort"] = "80", ["mappings.0.protocol"] = "tcp" });

        Assert.Equal("""[{"mode":"container/bridge"}]""", result["networks"]!.ToJsonString());
        Assert.False(result.ContainsKey("portDefinitions"));
        Assert.Equal("""[{"containerPort":80,"protocol":"tcp"}]""", result["container"]!["portMappings"]!.ToJsonString());
    }

    [Fact]
    public void Apply_OfAnImageAlone_NamesTheRuntime()
    {
        var result = Apply(Parse("""{"id":"/a"}"""), new() { ["image"] = "debian" });

        Assert.Equal("""{"docker":{"image":"debian"},"type":"MESOS"}""", result["container"]!.ToJsonString());
    }

    [Fact]
    public void Apply_OfNonsense_TellsEachFieldAtOnce()
    {
        var problems = new List<FormProblem>();
        var form = With(AppForm.From(Parse(Full)), new() { ["cpus"] = "lots", ["instances"] = "1.5", ["ports.1.port"] = "x", ["env.1.key"] = "A", ["env.1.value"] = "again", ["labels.1.value"] = "nameless" });

        form.Apply(Parse(Full), problems);

        Assert.Equal(["cpus", "env.1.key", "instances", "labels.1.key", "ports.1.port"], problems.Select(problem => problem.Field).Order());
    }

    [Theory]
    [InlineData("/cpus", "cpus")]
    [InlineData("/container/docker/image", "image")]
    [InlineData("/upgradeStrategy/minimumHealthCapacity", "minHealth")]
    [InlineData("/networks", "network")]
    [InlineData("/networks(0)/name", "networkName")]
    [InlineData("/portDefinitions(1)/port", "ports.1.port")]
    [InlineData("/portDefinitions", null)]
    [InlineData("/healthChecks(0)/portIndex", "health.0.portIndex")]
    [InlineData("/healthChecks(0)", "health.0.protocol")]
    [InlineData("/healthChecks(7)", null)]
    [InlineData("/container/volumes(0)/persistent/size", "volumes.0.size")]
    [InlineData("/env/A/secret", "env.0.value")]
    [InlineData("/constraints(1)", "constraints")]
    [InlineData("/fetch(0)/uri", "fetch")]
    [InlineData("/dependencies(0)", "dependencies")]
    [InlineData("/", null)]
    [InlineData("/secrets/s/source", null)]
    public void FieldOf_APath_IsTheInputToBlame(string path, string? field) => Assert.Equal(field, AppForm.From(Parse(Full)).FieldOf(path));

    [Theory]
    [InlineData("/cpus", 3)]
    [InlineData("/env/A", 5)]
    [InlineData("/healthChecks(1)/path", 9)]
    [InlineData("/healthChecks(1)/port", 9)]
    [InlineData("/nosuch", 1)]
    [InlineData("/", 1)]
    public void JsonLines_OfAPath_IsItsLineOrTheNearest(string path, int line)
    {
        const string json = "{\n  \"id\": \"/a\",\n  \"cpus\": 1,\n  \"env\": {\n    \"A\": \"\\n\"\n  },\n  \"healthChecks\": [\n    {},\n    { \"path\": \"x\" }\n  ]\n}";

        Assert.Equal(line, JsonLines.Find(json, path));
    }

    [Fact]
    public void Diff_OfTwoVersions_NamesEachLeaf()
    {
        var changes = JsonDiff.Compare(JsonElement.Parse("""{"a":1,"env":{"X":"1","Y":"2"},"l":[1,2],"gone":true}"""), JsonElement.Parse("""{"a":1,"env":{"X":"9","Y":"2"},"l":[1,2,3],"new":{"deep":"x"}}"""));

        Assert.Equal([new JsonChange("env.X", "1", "9"), new("gone", "true", null), new("l[2]", null, "3"), new("new.deep", null, "x")], changes);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject Apply(JsonObject app, Dictionary<string, string> typed)
    {
        var problems = new List<FormProblem>();
        var result = With(AppForm.From(app), typed).Apply(app, problems);
        Assert.Empty(problems);
        return result;
    }

    private static AppForm With(AppForm form, Dictionary<string, string> typed)
    {
        var names = FormLayout.Fields.Select(field => field.Name)
            .Concat(FormLayout.Lists.SelectMany(list => form.Values.Rows(list).SelectMany(row => list.Columns.Select(column => column.Name).Append(FormValues.Origin).Select(column => FormValues.NameOf(list, row, column)))));
        var values = names.ToDictionary(name => name, name => form[name]);
        foreach (var (name, value) in typed)
        {
            values[name] = value;
        }

        return new AppForm(values);
    }

    // Order of members does not matter.
    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Sorted(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Sorted)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };
}
