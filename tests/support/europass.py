"""A Europass CV of a person who does not exist, as XML and inside a PDF."""

import io

import pikepdf

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
  xmlns:eures="http://www.europass_eures.eu/1.0"
  xmlns:hr="http://www.hr-xml.org/3">
 <CandidatePerson>
  <PersonName><oa:GivenName>Олена</oa:GivenName><hr:FamilyName>Ґудзь</hr:FamilyName></PersonName>
  <Communication>
   <ChannelCode>Email</ChannelCode><oa:URI>o@example.org</oa:URI></Communication>
  <Communication>
   <ChannelCode>Telephone</ChannelCode><CountryDialing>45</CountryDialing>
   <oa:DialNumber>22334455</oa:DialNumber></Communication>
  <Communication>
   <UseCode>home</UseCode><Address type="home"><oa:CityName>Århus</oa:CityName></Address></Communication>
  <hr:BirthDate>1980-01-01</hr:BirthDate>
  <PrimaryLanguageCode name="NORMAL">ukr</PrimaryLanguageCode>
 </CandidatePerson>
 <CandidateProfile languageCode="da">
  <hr:ExecutiveSummary>&lt;p&gt;Jeg er &lt;strong&gt;bogholder&lt;/strong&gt;.&lt;/p&gt;
&lt;p&gt;R&amp;amp;D &amp;lt;3&lt;/p&gt;</hr:ExecutiveSummary>
  <EmploymentHistory>
   <EmployerHistory><hr:OrganizationName>Firma A</hr:OrganizationName>
    <PositionHistory><PositionTitle>Bogholder</PositionTitle>
     <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019-03-01</hr:FormattedDateTime></eures:StartDate>
      <hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
     <oa:Description>&lt;ul&gt;&lt;li&gt;Førte regnskab&lt;/li&gt;&lt;li&gt;Lavede moms&lt;/li&gt;&lt;/ul&gt;
     </oa:Description>
     <City>Kyiv</City>
    </PositionHistory></EmployerHistory>
   <EmployerHistory><hr:OrganizationName>Firma B</hr:OrganizationName>
    <PositionHistory><PositionTitle>Kasserer</PositionTitle>
     <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2012</hr:FormattedDateTime></eures:StartDate>
      <eures:EndDate><hr:FormattedDateTime>2018-11</hr:FormattedDateTime></eures:EndDate>
      <hr:CurrentIndicator>false</hr:CurrentIndicator></eures:EmploymentPeriod>
    </PositionHistory></EmployerHistory>
  </EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>Universitet</hr:OrganizationName>
   <AttendancePeriod><StartDate><hr:FormattedDateTime>2005</hr:FormattedDateTime></StartDate>
      </AttendancePeriod>
   <EducationDegree><hr:DegreeName>Økonomi</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></EducationHistory>
  <eures:Licenses><eures:License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></eures:License></eures:Licenses>
  <PersonQualifications>
   <PersonCompetency><CompetencyID schemeName="NORMAL">dan</CompetencyID>
    <hr:TaxonomyID>language</hr:TaxonomyID>
    <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Speaking-Interaction</hr:CompetencyDimensionTypeCode>
     <eures:Score><hr:ScoreText>B1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
    <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode>
     <eures:Score><hr:ScoreText>A2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
   </PersonCompetency></PersonQualifications>
  <Skills><PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID>
   <hr:CompetencyName>Excel</hr:CompetencyName></PersonCompetency></Skills>
  <VoluntaryWorks><VoluntaryWork><Title>Lektiehjælp</Title></VoluntaryWork></VoluntaryWorks>
  <Others><Title>Kurser</Title><Other><Title>Førstehjælp</Title></Other></Others>
 </CandidateProfile>
</Candidate>""".encode()


def pdf(xml=XML, *, compress=True):
    """A PDF with that file attached, as Europass gives it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["attachment.xml"] = xml
        document.save(
            out, compress_streams=compress, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return out.getvalue()
