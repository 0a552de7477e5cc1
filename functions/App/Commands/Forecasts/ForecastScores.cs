using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Forecasts.Evaluation;

namespace ScaleFunctions.App.Commands.Forecasts;

/// <summary>Prints how good the forecasts are on recordings, by the yardstick's protocol.</summary>
internal static class ForecastScores
{
    public static int Print(string directory, double shift, OutputFormat format, CancellationToken cancellationToken)
    {
        var series = TraceFiles.In(directory).Select(Series).ToArray();
        var methods = ForecastEvaluation.Methods;
        WarmUp(series[0]);
        IReadOnlyList<EvaluationRow> rows = WorkProgress.While("forecasts", series.Length * methods.Count, done =>
            (IReadOnlyList<EvaluationRow>)[.. series.SelectMany(_ => methods, (each, method) =>
            {
                // Rows are printed only when all are there: whoever interrupts gets none.
                cancellationToken.ThrowIfCancellationRequested();
                var rows = ForecastEvaluation.Rows(each, method, TimeProvider.System, shift: shift);
                done();
                return rows;
            }).SelectMany(each => each)]);
        foreach (var each in series.Where(each => rows.All(row => row.Trace != each.Name)))
        {
            Terminal.Note($"note: {each.Name} is too short for the protocol and has no rows");
        }

        Print(rows, format);
        return ExitCodes.Done;
    }

    // The first calls run code that is still being compiled; their times would be of that.
    private static void WarmUp(EvaluationSeries series)
    {
        foreach (var method in ForecastEvaluation.Methods)
        {
            ForecastEvaluation.Rows(series, method, TimeProvider.System);
        }
    }

    private static EvaluationSeries Series(string file)
    {
        try
        {
            return EvaluationSeries.From(Path.GetFileNameWithoutExtension(file), TraceFiles.Read(file));
        }
        catch (FormatException exception)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }

    private static void Print(IReadOnlyList<EvaluationRow> rows, OutputFormat format)
    {
        if (format == OutputFormat.Csv)
        {
            Terminal.Write(string.Join('\n', rows.Select(row => row.ToCsv()).Prepend(EvaluationRow.CsvHeader)));
            return;
        }

        var sheet = new Sheet("method", "horizon", "series", "MASE", "sMAPE", "WAPE", "pinball 0.95", "coverage", "≥ 0.90", "ms");
        foreach (var group in rows.GroupBy(row => (row.Method, row.Horizon)))
        {
            var mean = EvaluationScore.Mean([.. group.Select(row => row.Score)]);
            sheet.Add(
                group.Key.Method, group.Key.Horizon, $"{group.Count()}", $"{mean.Mase:F3}", $"{mean.Smape:F3}", $"{mean.Wape:F3}", $"{mean.Pinball:F4}",
                $"{mean.Coverage:F3}", $"{group.Count(row => row.Score.Coverage >= 0.9)}", $"{group.Average(row => row.Seconds) * 1000:F1}");
        }

        sheet.Print(format, rows, AppJson.Default.IReadOnlyListEvaluationRow, "no rows");
    }
}
