using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Tests.Documents;

/// <summary>Whatever a client sends is taken or refused with reasons; what is taken comes back the same.</summary>
public sealed class DamagedDocumentTests
{
    private const string Full = """
        {"name":"a","command":"x","shell":false,"executor":"e","executorFlags":"f","taskInfoData":"d","retries":1,"owner":"o","ownerName":"n","description":"d","cpus":1.5,"mem":2,"disk":3,"disabled":true,"concurrent":true,
        "softError":true,"dataProcessingJobType":true,"maxCompletionTime":60,"highPriority":true,"runAsUser":"u","environmentVariables":[{"name":"A","value":"b"}],"uris":["http://h/u"],"arguments":["1"],
        "constraints":[["a","LIKE","b.*"],["a","NEAR","b"]],"schedule":"R3/2031-05-01T06:30:00Z/P1M","scheduleTimeZone":"Europe/Berlin","async":true,"epsilon":"PT5M","catchUp":"all","concurrency":"allow","delivery":"atMostOnce",
        "parentTrigger":"any","retryBackoff":{"initialSeconds":1.5,"factor":3,"maxSeconds":60},"notify":{"webhook":"https://h/w","on":["failure"]},"container":{"type":"MESOS","image":"i","network":"USER","networkName":"n",
        "networkInfos":[{"name":"m","protocol":"IPv4","labels":[{"key":"k","value":"v"}],"portMappings":[{"hostPort":1,"containerPort":2,"protocol":"udp"}]}],"volumes":[{"hostPath":"/h","containerPath":"/c","mode":"RW"}],
        "parameters":[{"key":"k","value":"v"}],"forcePullImage":true}}
        """;

    private static readonly string[] Values =
        ["null", "true", "0", "-1", "1.5", "1e308", "1e999", "99999999999", "\"\"", "\"x\"", "\"..\"", "\"/\"", "\"(\"", "\"R9999999999999999999//P1D\"", "\"R//P99999999Y\"", "\"R/9999-12-31T23:59:59Z/P1D\"", "\"* * * * *\"",
         "\"P9999999Y\"", "\"2031-04-05T06:07:08.123Z\"", "[]", "[[]]", "[null]", "[{}]", "{}", "{\"a\":{}}", "\"\\u0000\"", "\"\\ud800\"", "[\"a\",\"LIKE\",\"(?=x)\"]", "\"+99:00\""];

    [Fact]
    public void Read_AnyPartReplaced_IsTakenOrRefusedWithReasons()
    {
        foreach (var text in Example.Names().Select(name => Example.Read(name).Text).Where(text => text.EndsWith('}')).Append(Full))
        {
            for (var place = 0; place < Places(JsonNode.Parse(text)); place++)
            {
                foreach (var value in Values)
                {
                    Judge(Replaced(text, place, value));
                }
            }
        }
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Prop
        .ForAll(
            Gen.Elements(Example.Names().Select(name => Example.Read(name).Text).Append(Full).ToArray())
                .SelectMany(text => Gen.Choose(0, text.Length).SelectMany(at => Gen.Choose(0, 255).SelectMany(value => Gen.Choose(0, 2).Select(how => Damaged(text, at, (byte)value, how))))).ToArbitrary(),
            bytes => Judge(bytes))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Write_AndReadAgain_GivesTheSameJob()
    {
        var spec = Parse.Raw(Full).Spec!;

        Assert.Equal(Parse.Spec(spec), Parse.Spec(Parse.Raw(Parse.Spec(spec)).Spec!));
        Assert.Equal((Concurrency.Allow, CatchUp.All, Delivery.AtMostOnce, ParentTrigger.Any), (spec.Concurrency, spec.CatchUp, spec.Delivery, spec.ParentTrigger));
        foreach (var member in JsonNode.Parse(Full)!.AsObject().Where(member => member.Key is not ("concurrency" or "container" or "concurrent")))
        {
            Assert.Equal(Plain(member.Value!), Plain(JsonNode.Parse(Parse.Spec(spec))![member.Key]!));
        }
    }

    // 2 and 2.0 are the same number.
    private static string Plain(JsonNode node) => node.ToJsonString().Replace(".0", "", StringComparison.Ordinal);

    private static void Judge(byte[] bytes)
    {
        foreach (var kind in new[] { DraftKind.Scheduled, DraftKind.Dependent })
        {
            var draft = JobDocuments.Read(bytes, kind, Parse.Options, Parse.Now);

            Assert.True(draft.Spec is null == draft.Problems.Count > 0, Encoding.UTF8.GetString(bytes));
            Assert.All(draft.Problems, problem => Assert.InRange(problem.ToString().Length, 5, 1000));
            if (draft.Spec is { } spec)
            {
                var written = Parse.Spec(spec);
                Assert.Equal(written, Parse.Spec(Parse.Raw(written, kind).Spec!));
                Parse.Written(new Job(spec, JobProgress.None with { NextDue = spec.Schedule?.Times.FirstAtOrAfter(Parse.Now), Remaining = 1 }), isMirrored: true);
            }
        }
    }

    private static void Judge(string text) => Judge(Encoding.UTF8.GetBytes(text));

    private static byte[] Damaged(string text, int at, byte value, int how)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        at = Math.Min(at, bytes.Length - 1);
        return how switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], value, .. bytes[at..]],
        };
    }

    private static int Places(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => Places(member.Value)),
        JsonArray items => items.Sum(Places),
        _ => 0,
    };

    private static string Replaced(string text, int place, string value)
    {
        var at = place;
        return Copy(JsonNode.Parse(text));

        string Copy(JsonNode? node) => at-- == 0 ? value : node switch
        {
            JsonObject members => "{" + string.Join(',', members.Select(member => $"\"{member.Key}\":{Copy(member.Value)}")) + "}",
            JsonArray items => "[" + string.Join(',', items.Select(Copy)) + "]",
            null => "null",
            _ => node.ToJsonString(),
        };
    }
}
