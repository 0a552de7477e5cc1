using System.CommandLine;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.InfrastructureCode;

namespace ScaleFunctions.App.Commands.Doctor;

/// <summary>Tells which line of infrastructure code sets a capacity back, and the patch that ends it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var directory = new Option<string>("--iac")
        {
            Description = "Directory of infrastructure code: Terraform (.tf, state, plan as JSON), Bicep (.bicep, .bicepparam), ARM templates.",
            HelpName = "DIR",
            Required = true,
        };
        var patch = new Option<string?>("--patch") { Description = "Also write the patch to a file, for 'git apply' in that directory.", HelpName = "FILE" };
        var format = SharedOptions.Format();
        var command = new Verb(
            "doctor", "Which line of infrastructure code sets a capacity back at every deployment, and the patch that ends it. Exit code 2 when there is one.", "sf doctor --iac infra --patch fix.diff")
        {
            directory, patch, format,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetValue(directory)!, parsed.GetValue(patch), parsed.GetValue(format), cancellationToken)));
        return command;
    }

    private static int Run(string directory, string? patch, OutputFormat format, CancellationToken cancellationToken)
    {
        WholeFile.RequireWritable(patch);
        var (files, unread) = CodeDirectory.Read(directory, cancellationToken);
        var review = CodeReview.Of(files, unread);
        var view = new DoctorView
        {
            Directory = directory,
            Files = review.Files,
            Resets = [.. review.Resets.Select(DoctorLine.Of)],
            NotJudged = review.Doubts,
            Patch = review.Patch,
        };
        Print(view, format);
        if (patch is not null && view.Patch.Length > 0)
        {
            WholeFile.Write(patch, view.Patch, cancellationToken);
            Terminal.Note($"{patch}: the patch; in {directory}: git apply {Path.GetFullPath(patch)}");
        }

        return view.Resets.Count > 0 ? ExitCodes.WouldChange : review.IsPartial ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Print(DoctorView view, OutputFormat format)
    {
        var resets = new Sheet("where", "resource", "what it does", "what to do");
        foreach (var line in view.Resets)
        {
            resets.Add($"{line.File}:{line.Line}", line.ResourceId is { } id ? $"{line.Address} ({id[(id.LastIndexOf('/') + 1)..]})" : line.Address, line.What, line.Advice);
        }

        var looked = view.Files == 1 ? "1 file was read" : $"{view.Files} files were read";
        resets.Print(format, view, AppJson.Default.DoctorView, $"{view.Directory}: nothing sets a capacity back; {looked}");
        if (format is not (OutputFormat.Table or OutputFormat.Markdown))
        {
            return;
        }

        if (view.NotJudged.Count > 0)
        {
            var doubts = new Sheet("not judged", "why");
            foreach (var doubt in view.NotJudged)
            {
                doubts.Add(doubt.Line > 0 ? $"{doubt.File}:{doubt.Line}" : doubt.File, doubt.Why);
            }

            Terminal.Write("");
            doubts.Print(format, view, AppJson.Default.DoctorView, "");
        }

        if (view.Patch.Length > 0)
        {
            Terminal.Write(format == OutputFormat.Markdown ? "\n```diff" : "\nThe patch:\n");
            Terminal.WriteExact(view.Patch);
            if (format == OutputFormat.Markdown)
            {
                Terminal.Write("```");
            }
        }
    }
}
