using System.Text;

namespace Tepui.Protocol.Json.Fields;

/// <summary>The walk over a JSON object that is a map: the same for every kind of value.</summary>
internal static class MapReading
{
    /// <summary>Steps to the next entry of an object that was entered; false when there is none or the text is at fault.</summary>
    public static bool Next(ref JsonScanner scanner, ref bool started, out string key, out bool failed)
    {
        key = "";
        failed = false;
        if (scanner.TryTake((byte)'}'))
        {
            return false;
        }

        if ((started && !scanner.TryTake((byte)',')) || !scanner.Name(out var name))
        {
            failed = true;
            return false;
        }

        started = true;
        key = Encoding.UTF8.GetString(name);
        return true;
    }
}
