namespace ScaleFunctions.Reliability.Tests;

internal static class Timeouts
{
    /// <summary>For a test that starts processes, on a machine that is busy with other things: a hang ends here.</summary>
    public const int Long = 30 * 60 * 1000;

    /// <summary>For a test whose trials are counted from outside: the long form takes hours.</summary>
    public const int Counted = 12 * 60 * 60 * 1000;
}
