using System.Diagnostics;
using System.Globalization;

namespace ScaleFunctions.Fuzzing;

/// <summary>
/// Gives a reader hostile inputs: it throws nothing but what it declares, says the same of the same, and is done soon. A few thousand
/// inputs usually; as many as <c>RELIABILITY_FUZZ</c> says, and every cut, where that is set. Compiled into each project that needs it.
/// </summary>
internal static class FuzzRun
{
    public const string Variable = "RELIABILITY_FUZZ";

    private const int Usual = 2_000;

    private const int Suspects = 5;

    /// <summary>What no input may need on a quiet machine; told, and not asserted, because machines are not quiet.</summary>
    private static readonly TimeSpan Wanted = TimeSpan.FromMilliseconds(100);

    /// <summary>Beyond it no machine is busy enough to be the reason: the best of several runs counts.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    /// <param name="name">What is read, for the report.</param>
    /// <param name="inputs">What it is given.</param>
    /// <param name="read">Reads an input, and tells all of what it came to.</param>
    /// <param name="declared">What it may throw.</param>
    public static void Check(string name, HostileInputs inputs, Func<byte[], string> read, params IReadOnlyList<Type> declared)
    {
        var isLong = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var asked) && asked > 0;
        var count = isLong ? asked : Usual;
        var cuts = isLong ? inputs.Cuts : Math.Min(inputs.Cuts, Usual);
        var (refused, slowest, watch) = (0, new PriorityQueue<byte[], TimeSpan>(), Stopwatch.StartNew());
        for (var number = 0; number < count + cuts; number++)
        {
            var cut = (int)((long)(number - count) * inputs.Cuts / Math.Max(1, cuts));
            var input = number < count ? inputs[number] : inputs.Cut(cut);
            var label = number < count ? $"{name}: input {number}" : $"{name}: cut {cut}";
            var begun = Stopwatch.GetTimestamp();
            var answer = Try(label, input, read, declared);
            slowest.Enqueue(input, Stopwatch.GetElapsedTime(begun));
            if (slowest.Count > Suspects)
            {
                slowest.Dequeue();
            }

            refused += answer.IsRefused ? 1 : 0;
            Assert.True(answer == Try(label, input, read, declared), $"{label} was read in two ways: {Show(input)}");
        }

        var worst = TimeSpan.Zero;
        while (slowest.TryDequeue(out var input, out _))
        {
            var best = Enumerable.Range(0, 3).Min(_ => Time(() => Try(name, input, read, declared)));
            worst = best > worst ? best : worst;
            Assert.True(best < Most, $"{name}: an input of {input.Length} bytes takes {best.TotalMilliseconds:F0} ms: {Show(input)}");
        }

        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz {name}: {count} inputs and {cuts} cuts, each twice, in {watch.Elapsed.TotalSeconds:F0} s; {refused} refused by a declared exception, 0 others; the slowest takes {worst.TotalMilliseconds:F1} ms{(worst > Wanted ? ", more than it should" : "")}");
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        if (isLong)
        {
            Console.WriteLine(report);
        }
    }

    private static (bool IsRefused, string Text) Try(string label, byte[] input, Func<byte[], string> read, IReadOnlyList<Type> declared)
    {
        try
        {
            return (false, read(input));
        }
        catch (Exception exception) when (declared.Any(type => type.IsInstanceOfType(exception)))
        {
            return (true, exception.Message);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{label} came to {exception.GetType().Name}: {exception.Message}; {Show(input)}", exception);
        }
    }

    private static TimeSpan Time(Action work)
    {
        var begun = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begun);
    }

    private static string Show(byte[] input) => input.Length <= 3_000 ? Convert.ToBase64String(input) : $"{input.Length} bytes, {Convert.ToBase64String(input, 0, 600)}…";
}
