namespace Tepui.Tests;

/// <summary>Directories that real processes worked in.</summary>
internal static class TemporaryDirectory
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Deletes a directory, again while a process that is just dying leaves something in it.</summary>
    public static async System.Threading.Tasks.Task RemoveAsync(string path)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < Limit)
            {
                await System.Threading.Tasks.Task.Delay(10);
            }
        }
    }
}
