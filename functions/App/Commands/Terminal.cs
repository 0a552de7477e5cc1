using System.Text;
using Spectre.Console;

namespace ScaleFunctions.App.Commands;

/// <summary>The console. Where the output is a file or a pipe, lines are not broken and have no colour.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 4096;

    private static readonly Lazy<IAnsiConsole> Shared = new(Create);

    public static IAnsiConsole Console => Shared.Value;

    public static bool IsInteractive => !System.Console.IsOutputRedirected;

    public static void Write(string text) => System.Console.Out.WriteLine(Printable(text));

    /// <summary>Text that was looked through before, such as a patch: not a letter of it may change.</summary>
    public static void WriteExact(string text) => System.Console.Out.Write(text);

    /// <summary>What a verb rests on, apart from its result: goes to standard error, so that results can be piped.</summary>
    public static void Note(string text) => System.Console.Error.WriteLine(Printable(text));

    /// <summary>Names come from outside; control and direction characters in them must not steer the terminal.</summary>
    public static string Printable(string text)
    {
        var isClean = text.All(letter => !IsSteering(letter) || letter == '\n');
        if (isClean)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            clean.Append(IsSteering(letter) && letter != '\n' ? '\uFFFD' : letter);
        }

        return clean.ToString();
    }

    private static bool IsSteering(char letter) =>
        char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F';

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Console;
        if (!IsInteractive)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
