using System.Text;
using Google.Protobuf;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1;
using ExecutorCall = Tepui.Protocol.V1.Executor.Call;
using SchedulerCall = Tepui.Protocol.V1.Scheduler.Call;

namespace Tepui.Protocol.Tests.Json;

public sealed class ReadTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("\"5\"")]
    [InlineData("5.0")]
    [InlineData("5.9")]
    [InlineData("5e0")]
    [InlineData("\"0.5e1\"")]
    public void Integer_AsNumberOrText_IsRead(string value) =>
        Assert.Equal(5u, Read<Port>($"{{\"number\":{value}}}").Number);

    [Theory]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("\"18446744073709551615\"", ulong.MaxValue)]
    [InlineData("9223372036854775808", 9223372036854775808)]
    public void Integer_OfSixtyFourBits_IsExact(string value, ulong expected) =>
        Assert.Equal(expected, Read<Value.Types.Range>($"{{\"begin\":{value},\"end\":1}}").Begin);

    [Theory]
    [InlineData("0.25", 0.25)]
    [InlineData("\"1e3\"", 1000)]
    [InlineData("7", 7)]
    [InlineData("\"Infinity\"", double.PositiveInfinity)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void Double_AsNumberTextOrInfinity_IsRead(string value, double expected) =>
        Assert.Equal(expected, Read<Value.Types.Scalar>($"{{\"value\":{value}}}").Value);

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("\"false\"", false)]
    public void Bool_AsWordOrText_IsRead(string value, bool expected) =>
        Assert.Equal(expected, Read<CommandInfo>($"{{\"shell\":{value}}}").Shell);

    [Theory]
    [InlineData("aGVsbG8=")]
    [InlineData("aGVsbG8")]
    [InlineData("aGVs\\u0062G8=")]
    public void Bytes_WithOrWithoutPadding_AreRead(string value) =>
        Assert.Equal("hello", Read<UUID>($"{{\"value\":\"{value}\"}}").Value.ToStringUtf8());

    [Fact]
    public void Bytes_WithEscapedSlash_AreRead() =>
        Assert.Equal(new byte[] { 0xff, 0xff }, Read<UUID>("{\"value\":\"\\/\\/8=\"}").Value.ToByteArray());

    [Fact]
    public void Text_WithEscapes_IsRead() =>
        Assert.Equal("\"\\/\b\f\n\r\té☃𝄞", Read<TaskID>("{\"value\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9☃\\ud834\\uDD1E\"}").Value);

    [Fact]
    public void Key_WithEscapes_IsFound() => Assert.Equal("x", Read<TaskID>("{\"v\\u0061lue\":\"x\"}").Value);

    [Fact]
    public void Members_UnknownOfAnyShape_AreIgnored() =>
        Assert.Equal("x", Read<TaskID>("{\"a\":1,\"b\":[1,[],{}, {\"c\":[null,true,false,\"\\u0041\"]}],\"value\":\"x\",\"z\":{\"y\":-1.5E+3}}").Value);

    [Fact]
    public void Null_Anywhere_CountsAsAbsent()
    {
        var call = Read<SchedulerCall>("{\"type\":null,\"framework_id\":null,\"accept\":{\"offer_ids\":[null,{\"value\":\"o\"}],\"operations\":null}}");

        Assert.False(call.HasType);
        Assert.Null(call.FrameworkId);
        Assert.Equal("o", Assert.Single(call.Accept.OfferIds).Value);
    }

    [Fact]
    public void Enum_UnknownName_LeavesItUnset()
    {
        var call = Read<SchedulerCall>("{\"type\":\"NOT_A_CALL\"}");

        Assert.False(call.HasType);
    }

    [Fact]
    public void Repeated_OneValueWithoutArray_IsAdded()
    {
        var call = Read<SchedulerCall>("{\"decline\":{\"offer_ids\":{\"value\":\"o\"}},\"suppress\":{\"roles\":\"r\"},\"revive\":{\"roles\":[[\"a\"],\"b\"]}}");

        Assert.Equal("o", Assert.Single(call.Decline.OfferIds).Value);
        Assert.Equal(["r"], call.Suppress.Roles);
        Assert.Equal(["a", "b"], call.Revive.Roles);
    }

    [Fact]
    public void WhiteSpace_Anywhere_IsSkipped() => Assert.Equal("x", Read<TaskID>(" \r\n\t{ \"value\" :\n\"x\" }\n ").Value);

    [Fact]
    public void Key_Twice_LastOneCounts()
    {
        var task = Read<SchedulerCall>("{\"framework_id\":{},\"framework_id\":{\"value\":\"b\"}}");

        Assert.Equal("b", task.FrameworkId.Value);
    }

    [Theory]
    [InlineData("", "syntax error at line 1 near: ")]
    [InlineData("{nope", "syntax error at line 1 near: nope")]
    [InlineData("nope", "syntax error at line 1 near: ope")]
    [InlineData("{\"type\":\"SUBSCRIBE\",\n \"x\": }\nrest", "syntax error at line 2 near: }")]
    [InlineData("{\"type\":\"SUBSCRIBE\"", "syntax error at line 1 near: ")]
    [InlineData("{\"type\":\"SUBSCRIBE\",}", "syntax error at line 1 near: }")]
    [InlineData("{\"type\":\"a\nb\"}", "syntax error at line 1 near: ")]
    [InlineData("{\"type\":\"\\x\"}", "syntax error at line 1 near: x\"}")]
    [InlineData("{\"type\":\"\\ud834x\"}", "syntax error at line 1 near: x\"}")]
    [InlineData("{\"type\":1e}", "syntax error at line 1 near: }")]
    [InlineData("[1,2", "syntax error at line 1 near: ")]
    [InlineData("{\"framework_id\":\"not a message\", nope}", "syntax error at line 1 near: nope}")]
    [InlineData("{} {}", "Parsed JSON included non-whitespace trailing characters: {}")]
    [InlineData("7 x", "Parsed JSON included non-whitespace trailing characters: x")]
    public void Text_NotJson_IsASyntaxProblem(string text, string why)
    {
        var problem = Refused<SchedulerCall>(text);

        Assert.Equal(JsonProblemKind.Syntax, problem.Kind);
        Assert.Equal($"Failed to parse body into JSON: {why}", problem.ToSentence());
    }

    [Theory]
    [InlineData("[]", "Expecting a JSON object")]
    [InlineData("\"x\"", "Expecting a JSON object")]
    [InlineData("7", "Expecting a JSON object")]
    [InlineData("null", "Expecting a JSON object")]
    [InlineData("{\"framework_id\":\"x\"}", "Not expecting a JSON string for field 'framework_id'")]
    [InlineData("{\"framework_id\":7}", "Not expecting a JSON number for field 'framework_id'")]
    [InlineData("{\"framework_id\":[{}]}", "Not expecting a JSON array for field 'framework_id'")]
    [InlineData("{\"framework_id\":true}", "Not expecting a JSON boolean for field 'framework_id'")]
    [InlineData("{\"framework_id\":{\"value\":{}}}", "Not expecting a JSON object for field 'value'")]
    [InlineData("{\"framework_id\":{\"value\":7}}", "Not expecting a JSON number for field 'value'")]
    [InlineData("{\"type\":1}", "Not expecting a JSON number for field 'type'")]
    [InlineData("{\"type\":[\"ACCEPT\"]}", "Not expecting a JSON array for field 'type'")]
    [InlineData("{\"decline\":{\"filters\":{\"refuse_seconds\":\"soon\"}}}", "Failed to parse 'soon' as a JSON number for field 'refuse_seconds'")]
    [InlineData("{\"decline\":{\"filters\":{\"refuse_seconds\":false}}}", "Not expecting a JSON boolean for field 'refuse_seconds'")]
    [InlineData("{\"subscribe\":{\"framework_info\":{\"checkpoint\":\"yes\"}}}", "Failed to parse 'yes' as a JSON boolean for field 'checkpoint'")]
    [InlineData("{\"subscribe\":{\"framework_info\":{\"checkpoint\":1}}}", "Not expecting a JSON number for field 'checkpoint'")]
    [InlineData("{\"message\":{\"data\":\"***\"}}", "Failed to base64 decode bytes field 'data': Invalid character '*'")]
    [InlineData("{\"message\":{\"data\":7}}", "Not expecting a JSON number for field 'data'")]
    [InlineData("{\"acknowledge\":{\"uuid\":\"é\"}}", "Failed to base64 decode bytes field 'uuid': Invalid character 'é'")]
    [InlineData("{\"subscribe\":{\"framework_info\":{\"offer_filters\":[\"x\"]}}}", "Not expecting a JSON string for field 'offer_filters'")]
    [InlineData("{\"subscribe\":{\"framework_info\":{\"offer_filters\":{\"r\":7}}}}", "Not expecting a JSON number for field 'offer_filters'")]
    [InlineData("{\"subscribe\":{\"framework_info\":{\"user\":\"u\"}}}", "Missing required fields: subscribe.framework_info.name")]
    [InlineData("{\"accept\":{\"operations\":[{},{\"launch\":{\"task_infos\":[{\"name\":\"x\"}]}}],\"offer_ids\":[{}]},\"framework_id\":{}}", "Missing required fields: framework_id.value, accept.offer_ids[0].value, accept.operations[1].launch.task_infos[0].task_id, accept.operations[1].launch.task_infos[0].agent_id")]
    public void Text_NotACall_IsAConversionProblem(string text, string why)
    {
        var problem = Refused<SchedulerCall>(text);

        Assert.Equal(JsonProblemKind.Conversion, problem.Kind);
        Assert.Equal($"Failed to convert JSON into Call protobuf: {why}", problem.ToSentence());
    }

    [Fact]
    public void Required_MissingInAnExecutorCall_AreListed()
    {
        Assert.Equal("Missing required fields: executor_id, framework_id", Refused<ExecutorCall>("{}").Text);
        Assert.Equal("Missing required fields: executor_id, framework_id", Refused<ExecutorCall>("{\"type\":\"WHAT\"}").Text);
    }

    [Fact]
    public void Enum_UnknownNameWhereRequired_IsRefused() =>
        Assert.Equal("Failed to find enum for 'BLOB'", Refused<Resource>("{\"name\":\"x\",\"type\":\"BLOB\"}").Text);

    [Theory]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("1e300")]
    [InlineData("Infinity")]
    public void Integer_OutOfRange_IsRefusedWithItsBounds(string value) =>
        Assert.Equal($"Number {value} for field 'number' is not between 0 and 4294967295", Refused<Port>($"{{\"number\":{value}}}").Text);

    [Theory]
    [InlineData("[")]
    [InlineData("{\"x\":")]
    [InlineData("{\"framework_id\":")]
    [InlineData("{\"accept\":")]
    [InlineData("{\"revive\":{\"roles\":[")]
    public void Text_AHundredThousandLevelsDeep_IsRefused(string level)
    {
        var open = string.Concat(Enumerable.Repeat(level, 100_000));

        Assert.Contains("nested deeper than 1000 levels", Refused<SchedulerCall>(open).Text);
        Assert.Contains("nested deeper than 1000 levels", Refused<SchedulerCall>("{\"revive\":{\"roles\":" + new string('[', 100_000)).Text);
    }

    [Fact]
    public void Messages_NestedDeeperThanTheBinaryParserGoes_AreRefused()
    {
        var nested = string.Concat(Enumerable.Repeat("{\"value\":\"x\",\"parent\":", 150)) + "{\"value\":\"x\"}" + new string('}', 150);

        Assert.Equal("Messages nested deeper than 100 levels", Refused<ContainerID>(nested).Text);
    }

    [Fact]
    public void Text_AnyPrefixOrFlippedByte_IsReadOrRefusedWithoutHarm()
    {
        var text = Captures.Read("v1/master/GET_AGENTS.json");
        var random = new Random(5);

        for (var length = 0; length < text.Length; length += 7)
        {
            Assert.False(JsonCodec.TryParse<Tepui.Protocol.V1.Master.Response>(text.AsSpan(0, length), out _, out var problem));
            Assert.Equal(JsonProblemKind.Syntax, problem.Kind);
        }

        for (var i = 0; i < 5000; i++)
        {
            var broken = (byte[])text.Clone();
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            var read = JsonCodec.TryParse<Tepui.Protocol.V1.Master.Response>(broken, out var message, out var problem);
            Assert.Equal(read, message is not null);
            Assert.Equal(read, problem is null);
        }
    }

    private static T Read<T>(string text)
        where T : class, IMessage<T>, new()
    {
        Assert.True(JsonCodec.TryParse<T>(Encoding.UTF8.GetBytes(text), out var message, out var problem), problem?.Text);
        Assert.Null(problem);
        return message;
    }

    private static JsonProblem Refused<T>(string text)
        where T : class, IMessage<T>, new()
    {
        Assert.False(JsonCodec.TryParse<T>(Encoding.UTF8.GetBytes(text), out var message, out var problem));
        Assert.Null(message);
        return problem;
    }
}
