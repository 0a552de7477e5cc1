namespace ScaleFunctions.App.Commands;

/// <summary>How a verb prints its result.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Markdown,
    Csv,
}
