using Tepui.Terminal;

namespace Tepui.Tests.Terminal;

public sealed class TableTests
{
    [Fact]
    public void Cells_WithControlCharacters_StayInTheirLine()
    {
        var table = new Table("ID", "MESSAGE");
        table.Add("a", "one\ntwo\u001b[31mred");
        table.Add("longer", "x");
        using var output = new StringWriter();

        table.WriteTo(output);

        Assert.Equal("ID      MESSAGE\na       one two [31mred\nlonger  x\n", output.ToString());
    }

    [Fact]
    public void LongCell_AmongOthers_MovesItsOwnRowOnly()
    {
        var table = new Table("ID", "WHEN", "STATE");
        var longest = new string('w', Table.PaddedMax + 1);
        table.Add("a", "daily", "idle");
        table.Add("b", longest, "queued");
        using var output = new StringWriter();

        table.WriteTo(output);

        Assert.Equal($"ID  WHEN   STATE\na   daily  idle\nb   {longest}  queued\n", output.ToString());
    }
}
