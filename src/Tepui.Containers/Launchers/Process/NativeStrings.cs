using System.Runtime.InteropServices;
using System.Text;

namespace Tepui.Containers.Launchers.Process;

/// <summary>A list of texts as C wants it: an array of pointers ended by null, the texts behind it, in one block outside the garbage collector's reach.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte* _block;

    public NativeStrings(IReadOnlyList<string> texts)
    {
        var size = (nuint)(texts.Count + 1) * (nuint)sizeof(byte*);
        foreach (var text in texts)
        {
            size += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
        }

        _block = (byte*)NativeMemory.Alloc(size);
        var pointers = (byte**)_block;
        var at = _block + ((texts.Count + 1) * sizeof(byte*));
        var end = _block + size;
        for (var i = 0; i < texts.Count; i++)
        {
            pointers[i] = at;
            at += Encoding.UTF8.GetBytes(texts[i], new Span<byte>(at, (int)(end - at)));
            *at++ = 0;
        }

        pointers[texts.Count] = null;
    }

    /// <summary>The array.</summary>
    public byte** Pointers => (byte**)_block;

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
