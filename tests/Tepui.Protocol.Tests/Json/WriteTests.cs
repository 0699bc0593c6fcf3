using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Tepui.Protocol.Json;
using Tepui.Protocol.V1;
using MasterResponse = Tepui.Protocol.V1.Master.Response;

namespace Tepui.Protocol.Tests.Json;

public sealed class WriteTests
{
    [Theory]
    [InlineData(5, "5.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e20, "1.0E+20")]
    [InlineData(1.5e-9, "1.5E-09")]
    [InlineData(1795209903.954421, "1795209903.954421")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(double.NaN, "NaN")]
    public void Double_Any_HasAPointOrIsABareWord(double value, string text) =>
        Assert.Equal($"{{\"value\":{text}}}", JsonCodec.ToText(new Value.Types.Scalar { Value = value }));

    [Fact]
    public void Integers_OfSixtyFourBits_AreNumbers() =>
        Assert.Equal("{\"begin\":18446744073709551615,\"end\":0}", JsonCodec.ToText(new Value.Types.Range { Begin = ulong.MaxValue, End = 0 }));

    [Fact]
    public void Bytes_Any_AreBase64WithPadding() =>
        Assert.Equal("{\"value\":\"/+8=\"}", JsonCodec.ToText(new UUID { Value = ByteString.CopyFrom(0xff, 0xef) }));

    [Fact]
    public void Text_WithControlsAndQuotes_IsEscaped() =>
        Assert.Equal("{\"value\":\"a\\\"b\\\\c/\\n\\u0001é☃𝄞\"}", JsonCodec.ToText(new TaskID { Value = "a\"b\\c/\n\u0001é☃𝄞" }));

    [Fact]
    public void Defaults_Unset_AreWritten()
    {
        Assert.Equal("{\"refuse_seconds\":5.0}", JsonCodec.ToText(new Filters()));
        Assert.Equal("{\"shell\":true}", JsonCodec.ToText(new CommandInfo()));
        Assert.Equal("{\"value\":\"http://x\",\"extract\":true}", JsonCodec.ToText(new CommandInfo.Types.URI { Value = "http://x" }));
    }

    [Fact]
    public void Defaults_OfDeprecatedFields_AreOmitted() => Assert.Equal("{\"name\":\"cpus\",\"type\":\"SCALAR\"}", JsonCodec.ToText(new Resource { Name = "cpus", Type = Value.Types.Type.Scalar }));

    [Fact]
    public void Lists_Empty_AreOmittedUnlessAskedFor()
    {
        var response = new MasterResponse { Type = MasterResponse.Types.Type.GetFrameworks, GetFrameworks = new() };

        Assert.Equal("{\"type\":\"GET_FRAMEWORKS\",\"get_frameworks\":{}}", JsonCodec.ToText(response));
        Assert.Equal(
            "{\"type\":\"GET_FRAMEWORKS\",\"get_frameworks\":{\"frameworks\":[],\"completed_frameworks\":[]}}",
            JsonCodec.ToText(response, JsonWriteOptions.OperatorAnswers));
        Assert.Equal(
            "{\"type\":\"GET_FRAMEWORKS\",\"get_frameworks\":{\"frameworks\":[]}}",
            JsonCodec.ToText(response, JsonWriteOptions.WithEmptyLists([MasterResponse.Types.GetFrameworks.Descriptor.FindFieldByName("frameworks")])));
    }

    [Fact]
    public void Maps_Any_AreObjects()
    {
        var task = new Tepui.Protocol.V1.Quota.QuotaConfig { Role = "r" };
        task.Limits["cpus"] = new() { Value = 2 };
        task.Limits["mem"] = new() { Value = 64 };

        Assert.Equal("{\"role\":\"r\",\"limits\":{\"cpus\":{\"value\":2.0},\"mem\":{\"value\":64.0}}}", JsonCodec.ToText(task));
    }

    [Fact]
    public void Write_IntoADocument_IsOneValueOfIt()
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("filters");
            JsonCodec.Write(writer, new Filters { RefuseSeconds = double.PositiveInfinity });
            writer.WriteNumber("after", 1);
            writer.WriteEndObject();
        }

        Assert.Equal("{\"filters\":{\"refuse_seconds\":Infinity},\"after\":1}", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
