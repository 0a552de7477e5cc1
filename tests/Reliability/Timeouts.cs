namespace ScaleFunctions.Reliability.Tests;

internal static class Timeouts
{
    /// <summary>For a test that starts processes, on a machine that is busy with other things: a hang ends here.</summary>
    public const int Long = 30 * 60 * 1000;
}
