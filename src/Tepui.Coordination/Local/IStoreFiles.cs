namespace Tepui.Coordination.Local;

/// <summary>The file system below a local store: one directory. Small, so that a simulator can crash it at every step and fill its disk.</summary>
public interface IStoreFiles
{
    /// <summary>Path for messages.</summary>
    public string Directory { get; }

    /// <summary>Makes the directory if need be and takes it for this process.</summary>
    /// <exception cref="StoreLockedException">Someone else has it.</exception>
    public IDisposable Lock();

    /// <summary>Names of the files in the directory, in any order.</summary>
    public IReadOnlyList<string> List();

    /// <summary>Opens an existing file for reading and writing.</summary>
    public IStoreFile Open(string name);

    /// <summary>Makes an empty file, emptying one that is there.</summary>
    public IStoreFile Create(string name);

    /// <summary>Gives a file another name, replacing what had it. Atomic; durable only after <see cref="SyncDirectory"/>.</summary>
    public void Rename(string from, string to);

    /// <summary>Removes a file.</summary>
    public void Delete(string name);

    /// <summary>Makes names durable.</summary>
    public void SyncDirectory();
}
