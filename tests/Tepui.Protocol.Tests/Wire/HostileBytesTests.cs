using Google.Protobuf;
using Tepui.Protocol.Tests.Json;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Protocol.Tests.Wire;

/// <summary>Bytes from anywhere are read or refused; nothing else.</summary>
public sealed class HostileBytesTests
{
    [Theory]
    [InlineData("12FFFFFFFF07616263")]
    [InlineData("12FFFFFFFF0F616263")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01")]
    [InlineData("0A8080808008")]
    [InlineData("FF")]
    [InlineData("07")]
    public void TryParse_LengthsThatLie_AreRefused(string bytes)
    {
        var body = Convert.FromHexString(bytes);

        Assert.False(ProtobufCodec.TryParse<V1.Master.Call>(body, out _, out var problem));
        Assert.NotEmpty(problem);
        Assert.False(ProtobufCodec.TryParse<Call>(body, out _, out _));
    }

    [Fact]
    public void TryParse_NestedDeep_IsRefused()
    {
        byte[] body = [.. Enumerable.Repeat<byte[]>([0x83, 0x01], 100_000).SelectMany(static tag => tag)];

        Assert.False(ProtobufCodec.TryParse<Call>(body, out _, out _));
    }

    [Fact]
    public void TryParse_BytesChangedAtRandom_NeverThrows()
    {
        const int Rounds = 20_000;
        var (random, messages) = (new Random(7), new RandomMessages(7));
        var (taken, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = messages.Next(Call.Descriptor).ToByteArray();
            for (var change = random.Next(4); change >= 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = ProtobufCodec.TryParse<Call>(bytes.AsMemory(0, bytes.Length - random.Next(Math.Min(bytes.Length + 1, 3))), out _, out _) ? taken++ : refused++;
        }

        Assert.Equal(Rounds, taken + refused);
        Assert.True(refused > 1000);
    }
}
