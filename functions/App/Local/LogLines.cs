using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Local;

/// <summary>
/// The log of a local run as people read it: how bad it is, and what it is, in one line between the decisions. Which class logs it, and
/// under which number, is for machines; <c>--verbose</c> tells it.
/// </summary>
internal sealed class LogLines() : ConsoleFormatter(Format)
{
    public const string Format = "lines";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var fault = logEntry.Exception is { } exception ? $" {exception}" : "";
        textWriter.WriteLine($"{(logEntry.LogLevel >= LogLevel.Error ? "error" : "warning")}: {Terminal.Printable((text + fault).ReplaceLineEndings(" "))}");
    }
}
