using Tepui.Coordination;
using Tepui.Coordination.Local;

namespace Tepui.Runtime.Hosting;

/// <summary>Opens the store of a component that starts, and says for people why it cannot.</summary>
public static class StoreOpening
{
    /// <summary>Opens the store, made if missing.</summary>
    /// <param name="component">Name in errors, as in <c>master</c>.</param>
    /// <param name="workDirectory">What the user chose.</param>
    /// <param name="directory">Where in it the store lies.</param>
    /// <param name="durable">Whether each write waits for the disk.</param>
    /// <exception cref="StartupException">In use, damaged, or not permitted; the message says which and what to do.</exception>
    public static LocalStore Open(string component, string workDirectory, string directory, bool durable)
    {
        try
        {
            return LocalStore.Open(directory, new LocalStoreOptions { Durable = durable });
        }
        catch (StoreLockedException e)
        {
            throw new StartupException(e.Message, ExitCode.InUse, e);
        }
        catch (StoreCorruptException e)
        {
            throw new StartupException(e.Message, ExitCode.Corrupt, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var hint = e is UnauthorizedAccessException ? " Choose a work directory that this user may write." : "";
            throw new StartupException($"The {component} cannot use its work directory {workDirectory}: {e.Message}{hint}", ExitCode.Storage, e);
        }
    }

    /// <summary>Builds what starts from the entries of a store. Each of them was read; together they may still make no sense.</summary>
    /// <param name="directory">Where the store lies.</param>
    /// <param name="build">Makes sense of the entries.</param>
    /// <exception cref="StartupException">There is none; the message says what to do.</exception>
    public static T Recover<T>(string directory, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is not (StartupException or OutOfMemoryException))
        {
            throw new StartupException($"What the store in {directory} holds makes no sense: {e.Message} Restore the directory from a backup, or move it away.", ExitCode.Corrupt, e);
        }
    }
}
